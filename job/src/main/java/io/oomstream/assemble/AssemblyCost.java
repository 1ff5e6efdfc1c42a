package io.oomstream.assemble;

import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;

/** Estimated memory of a line or a note, bytes. */
final class AssemblyCost {

  private static final long OBJECTS = 64;

  private AssemblyCost() {}

  static long of(KernelLine line, long @Nullable [] dropped) {
    return OBJECTS + line.text().length() + (dropped == null ? 0 : 8L * dropped.length);
  }
}
