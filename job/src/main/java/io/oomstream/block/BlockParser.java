package io.oomstream.block;

/**
 * Reads the lines of one report, once: every section by its presence, every field by its name.
 * Total: never throws on content.
 */
public final class BlockParser {

  private BlockParser() {}

  /** The report's facts; what the lines do not hold is null. */
  public static KernelBlock parse(LineBlock block) {
    throw new IllegalStateException("not here yet: " + block.kind());
  }
}
