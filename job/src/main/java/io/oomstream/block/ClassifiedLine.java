package io.oomstream.block;

import io.oomstream.format.KernelLine;
import io.oomstream.kernel.LineRule;

/** A line and the rule of the grammar that it follows. */
public record ClassifiedLine(KernelLine line, LineRule rule) {

  public String text() {
    return line.text();
  }
}
