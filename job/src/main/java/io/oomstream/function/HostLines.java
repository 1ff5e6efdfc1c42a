package io.oomstream.function;

import io.oomstream.block.ClassifiedLine;
import io.oomstream.state.HostLine;

/** What travels and stays, as the assembler takes it, and back. */
final class HostLines {

  private HostLines() {}

  static TimedLine line(HostLine line) {
    return new TimedLine(
        ClassifiedLine.of(line.line()), line.recordKey(), line.arrival(), line.passed());
  }

  static SequenceNote note(HostLine note) {
    return new SequenceNote(note.line(), note.recordKey(), note.arrival(), note.passed());
  }

  static AssemblyInput input(HostLine line) {
    return line.isNote() ? note(line) : line(line);
  }

  static HostLine of(AssemblyInput input) {
    return new HostLine(
        input instanceof SequenceNote ? HostLine.Kind.NOTE : HostLine.Kind.LINE,
        input.line(),
        input.recordKey(),
        input.time(),
        input.passed());
  }
}
