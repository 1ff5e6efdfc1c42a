package io.oomstream.fuzz;

import io.oomstream.assemble.HostLine;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.Lines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An input as one host's log: a record for each line, detected one by one. */
final class LogInput {

  private LogInput() {}

  static List<HostLine> hostLines(byte[] input) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= input.length; i++) {
      if (i == input.length || input[i] == '\n') {
        if (i > from) {
          lines.add(Arrays.copyOfRange(input, from, i));
        }
        from = i + 1;
      }
    }
    List<RawRecord> records = Lines.records(lines, "kernel.logs", 1_000);
    List<HostLine> decoded = new ArrayList<>();
    for (RawRecord record : records) {
      try {
        decoded.addAll(Lines.decode(List.of(record), "lab"));
      } catch (AssertionError e) {
        // No envelope at all: such a record is a dead letter and no line.
        continue;
      }
    }
    return decoded;
  }
}
