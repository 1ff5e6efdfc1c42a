package io.oomstream.cli.demo;

import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The logs in a folder as a fleet's: each file is a host, with a shipper of its own. */
public final class SampleFleet {

  private static final int LONGEST_LINE = 65_536;

  private SampleFleet() {}

  /**
   * The records of all hosts, mixed as they would come in: in turn from each host.
   *
   * @throws IOException if the folder or a log in it cannot be read
   */
  public static List<byte[]> records(Path folder) throws IOException {
    List<List<byte[]>> hosts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        hosts.add(ship(file));
      }
    }
    List<byte[]> mixed = new ArrayList<>();
    int longest = hosts.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (List<byte[]> host : hosts) {
        if (i < host.size()) {
          mixed.add(host.get(i));
        }
      }
    }
    return mixed;
  }

  /** The number of hosts, which is that of files. */
  public static long hosts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /** A record like most: it belongs to no block, and only shows that time goes on. */
  public static byte[] chatter() {
    return "6,1,1000000,-;usb 1-1: USB disconnect, device number 4"
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static List<byte[]> ship(Path file) throws IOException {
    List<KernelLine> lines = decode(file);
    String name = String.valueOf(file.getFileName());
    String host = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    ShippedRecord shipper = shipperOf(lines);
    return lines.stream().map(line -> shipper.of(line, host)).toList();
  }

  private static ShippedRecord shipperOf(List<KernelLine> lines) {
    if (lines.stream().anyMatch(l -> l.wallTimeUs() != null)) {
      return ShippedRecord.SYSLOG;
    }
    return lines.stream().anyMatch(l -> l.facility() != null && l.facility() != 0)
        ? ShippedRecord.JOURNALD
        : ShippedRecord.FLUENT_BIT;
  }

  private static List<KernelLine> decode(Path file) throws IOException {
    EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.AUTO, LONGEST_LINE);
    List<KernelLine> lines = new ArrayList<>();
    byte[] content = Files.readAllBytes(file);
    long number = 0;
    for (byte[] line : split(content)) {
      number++;
      RawRecord record = new RawRecord(file.toString(), 0, number, 0, null, line, Map.of());
      decoder.decode(record, view -> lines.add(view.toLine(record, null)));
    }
    return lines;
  }

  private static List<byte[]> split(byte[] content) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        lines.add(Arrays.copyOfRange(content, start, i));
        start = i + 1;
      }
    }
    if (start < content.length) {
      lines.add(Arrays.copyOfRange(content, start, content.length));
    }
    return lines;
  }
}
