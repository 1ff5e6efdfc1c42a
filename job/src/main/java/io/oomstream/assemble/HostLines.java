package io.oomstream.assemble;

import io.oomstream.assemble.segment.ClassifiedLine;

/** Converts between {@link HostLine} and the assembler's types. */
public final class HostLines {

  private HostLines() {}

  public static TimedLine line(HostLine line) {
    return new TimedLine(
        ClassifiedLine.of(line.line()), line.recordKey(), line.effectiveTime(), line.dropped());
  }

  public static SequenceNote note(HostLine note) {
    return new SequenceNote(note.line(), note.recordKey(), note.effectiveTime(), note.dropped());
  }

  public static AssemblyInput input(HostLine line) {
    return line.isNote() ? note(line) : line(line);
  }

  public static HostLine of(AssemblyInput input) {
    return new HostLine(
        input instanceof SequenceNote ? HostLine.Kind.NOTE : HostLine.Kind.LINE,
        input.line(),
        input.recordKey(),
        input.time(),
        input.dropped());
  }
}
