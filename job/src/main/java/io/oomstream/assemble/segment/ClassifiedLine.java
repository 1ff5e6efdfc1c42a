package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;

/** A line and its rule of the grammar. */
public record ClassifiedLine(KernelLine line, LineRule rule) {

  /** A later piece of a netconsole record has no shape until it is joined. */
  public static ClassifiedLine of(KernelLine line) {
    Integer fragment = line.fragmentOffset();
    if (fragment != null && fragment > 0) {
      return new ClassifiedLine(line, LineRule.SUMMARY_TAIL);
    }
    LineRule rule = Classifier.classify(line.text());
    return new ClassifiedLine(line, rule == null ? LineRule.UNKNOWN : rule);
  }

  public String text() {
    return line.text();
  }
}
