package io.oomstream.format.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.Decoded;
import io.oomstream.format.EnvelopeWriter;
import io.oomstream.format.Wrapped;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files are cut into pieces that decode by themselves, at the lines where they begin. */
class FileSplitterTest {

  private static final String MEM_INFO = "active_anon:1\n\n active_file:2\nMESSAGE=x";

  private static List<FileUnit> units(byte[] file, Envelope pinned) {
    List<FileUnit> units = new ArrayList<>();
    try {
      FileSplitter all =
          FileSplitter.of(new BufferedInputStream(new ByteArrayInputStream(file), 1 << 16), pinned);
      for (FileUnit unit = all.next(); unit != null; unit = all.next()) {
        units.add(unit);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return units;
  }

  private static List<String> lines(byte[] file) {
    return lines(file, Envelope.AUTO);
  }

  /** {@code line|text} of each line, {@code line!why} of what could not be read. */
  private static List<String> lines(byte[] file, Envelope pinned) {
    List<String> lines = new ArrayList<>();
    for (FileUnit unit : units(file, pinned)) {
      Decoded decoded = Decoded.of(pinned, unit.bytes());
      decoded.texts().forEach(text -> lines.add(unit.line() + "|" + text));
      if (decoded.failure() != null) {
        lines.add(unit.line() + "!" + decoded.failure().detail());
      }
    }
    return lines;
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] in(Envelope envelope, String text) {
    return Wrapped.in(envelope, bytes(text));
  }

  @Test
  void entriesOfTheJournalHoldEmptyLines() {
    byte[] entry = in(Envelope.JOURNALD_EXPORT, MEM_INFO);
    byte[] file = EnvelopeWriter.concat(entry, in(Envelope.JOURNALD_EXPORT, "second"), entry);

    long second = 1 + newlines(entry);
    long third = second + newlines(in(Envelope.JOURNALD_EXPORT, "second"));
    assertThat(lines(file))
        .containsExactly("1|" + MEM_INFO, second + "|second", third + "|" + MEM_INFO);
  }

  @Test
  void laterLinesOfARecordStandBelowTheTextOfItsFirst() {
    String prefix = "Nov 23 18:04:05 db1 kernel: ";
    String below = " ".repeat(prefix.length());
    byte[] file =
        bytes(
            (prefix + "active_anon:1\n")
                + (below + " active_file:2\n" + below + " free:3\n")
                + (" not so far\n" + below + "after it\n")
                + (prefix + "Mem-Info:\n\n" + below + " mapped:4"));

    assertThat(units(file, Envelope.AUTO))
        .extracting(FileUnit::line)
        .containsExactly(1L, 4L, 5L, 6L, 7L, 8L);
    Decoded first = Decoded.of(Envelope.AUTO, units(file, Envelope.AUTO).get(0).bytes());
    assertThat(first.texts()).containsExactly("active_anon:1", " active_file:2", " free:3");
    assertThat(first.lines()).extracting(KernelLine::host).containsOnly("db1");
  }

  @Test
  void aBrokenEntryOfTheJournalCostsItselfOnly() {
    byte[] entry = in(Envelope.JOURNALD_EXPORT, "first");
    byte[] broken = in(Envelope.JOURNALD_EXPORT, "broken");
    broken[new String(broken, StandardCharsets.ISO_8859_1).indexOf("MESSAGE\n") + 8] = 100;
    byte[] last = in(Envelope.JOURNALD_EXPORT, "last");
    List<String> lines = lines(EnvelopeWriter.concat(entry, last, broken));

    assertThat(lines).hasSize(3).contains("1|first");
    assertThat(lines.get(1)).endsWith("|last");
    assertThat(lines.get(2)).contains("cut short");

    ByteBuffer.wrap(broken)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(
            new String(broken, StandardCharsets.ISO_8859_1).indexOf("MESSAGE\n") + 8,
            Long.MAX_VALUE);
    lines = lines(EnvelopeWriter.concat(entry, broken, last));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).contains("cut short");
    assertThat(lines.get(2)).endsWith("|last");
  }

  private static final String DMESG_JSON =
      """
      {
         "dmesg": [
            {
               "pri": 6,
               "time":    81.429116,
               "msg": "first { \\" ] }"
            },{
               "pri": 6,
               "time":    81.429117,
               "msg": "sec
      ond"
            },{
               "pri": 4,
               "time":    81.429118,
               "msg": "third"
            }
         ]
      }
      """;

  @Test
  void entriesOfDmesgAreReadOneByOne() {
    assertThat(lines(bytes(DMESG_JSON.replace("sec\nond", "second"))))
        .containsExactly("3|first { \" ] }", "7|second", "11|third");
  }

  @Test
  void aBrokenEntryOfDmesgCostsItselfOnly() {
    List<String> lines = lines(bytes(DMESG_JSON));
    assertThat(lines).startsWith("3|first { \" ] }").endsWith("12|third");
    assertThat(lines.get(1)).startsWith("7!broken JSON");
  }

  @Test
  void recordsOfOpenTelemetryKeepTheirResource() {
    String file =
        """
        {
          "resourceLogs": [
            {
              "resource": {"attributes": [{"key": "host.name", "value": {"stringValue": "db1"}}]},
              "scopeLogs": [
                {
                  "scope": {},
                  "logRecords": [
                    {"body": {"stringValue": "first"}},
                    {
                      "body": {"stringValue": "second"}
                    }
                  ]
                }
              ],
              "schemaUrl": "x"
            },
            {
              "scopeLogs": [{"logRecords": [{"body": {"stringValue": "third"}}]}]
            }
          ]
        }
        {"resourceLogs": []}
        """;
    assertThat(lines(bytes(file))).containsExactly("9|first", "10|second", "19|third");
    List<String> hosts = new ArrayList<>();
    units(bytes(file), Envelope.AUTO)
        .forEach(
            unit ->
                Decoded.of(Envelope.AUTO, unit.bytes()).lines().stream()
                    .map(line -> String.valueOf(line.host()))
                    .forEach(hosts::add));
    assertThat(hosts).containsExactly("db1", "db1", "null");
  }

  @Test
  void objectsOverSeveralLinesAreReadByTheirNesting() {
    String object = new String(in(Envelope.JOURNALD_JSON, "text"), StandardCharsets.ISO_8859_1);
    String pretty = object.replace(",\"", ",\n  \"").replace("{", "{\n  ").replace("}", "\n}\n");
    long each = newlines(bytes(pretty));
    assertThat(lines(bytes(pretty + pretty))).containsExactly("1|text", 1 + each + "|text");
    assertThat(lines(bytes("[" + pretty + ",\n" + pretty + "]")))
        .containsExactly("1|text", 2 + each + "|text");
  }

  @Test
  void aBrokenLineAmongObjectsOfALineCostsItselfOnly() {
    String object = new String(in(Envelope.JOURNALD_JSON, "text"), StandardCharsets.ISO_8859_1);
    List<String> lines = lines(bytes(object + "\n{\"MESSAGE\":\"x\n" + object + "\n"));
    assertThat(lines).hasSize(3).startsWith("1|text").endsWith("3|text");
  }

  /** Then nobody can tell where the object ends, unless by what cannot stand in it. */
  @Test
  void aLineCutBehindAMemberCostsNoOtherLine() {
    String object = new String(in(Envelope.JOURNALD_JSON, "text"), StandardCharsets.ISO_8859_1);
    String long1 = object.replaceFirst("\\{", "{\"x\":\"" + "y".repeat(9_000) + "\",");
    for (String cut : List.of("{", "{\"x\":1", "{\"x\":\"1\",", "{\"x\":{\"y\":1}", "{\"x\":[1")) {
      List<String> lines = lines(bytes(long1 + "\n" + cut + "\n" + object + "\n" + object + "\n"));
      assertThat(lines).as(cut).hasSize(4).startsWith("1|text").endsWith("3|text", "4|text");
    }
  }

  @Test
  void recordsOfProtobufAreNumbered() {
    byte[] first = in(Envelope.OTLP_PROTO, MEM_INFO);
    byte[] second = in(Envelope.OTLP_PROTO, "second");
    assertThat(lines(EnvelopeWriter.concat(first, second)))
        .containsExactly("1|" + MEM_INFO, "2|second");
    assertThat(lines(EnvelopeWriter.concat(framed(first), framed(second))))
        .containsExactly("1|" + MEM_INFO, "2|second");
    assertThat(lines(EnvelopeWriter.concat(second, Arrays.copyOf(first, first.length - 3))))
        .containsExactly("1|second", "2!not text: byte value 0 at byte 0");
  }

  /** A million records that each repeat a resource of a megabyte would be a terabyte. */
  @Test
  void recordsOfProtobufAreMadeOneByOne() throws IOException {
    byte[] resource = EnvelopeWriter.field(1, new byte[1 << 20]);
    byte[] records = repeated((byte) 18, (byte) 0, 1_000_000);
    byte[] file =
        EnvelopeWriter.field(1, EnvelopeWriter.concat(resource, EnvelopeWriter.field(2, records)));
    FileSplitter all =
        FileSplitter.of(
            new BufferedInputStream(new ByteArrayInputStream(file)), Envelope.OTLP_PROTO);
    for (int i = 1; i <= 20; i++) {
      FileUnit unit = Objects.requireNonNull(all.next());
      assertThat(unit.line()).isEqualTo(i);
      assertThat(unit.bytes().length).isGreaterThan(1 << 20);
    }
  }

  private static byte[] repeated(byte first, byte second, int times) {
    byte[] all = new byte[2 * times];
    for (int i = 0; i < all.length; i += 2) {
      all[i] = first;
      all[i + 1] = second;
    }
    return all;
  }

  private static byte[] framed(byte[] request) {
    return EnvelopeWriter.concat(ByteBuffer.allocate(4).putInt(request.length).array(), request);
  }

  @Test
  void partsOfAContainersLineAreOnePiece() {
    String file =
        """
        2026-11-23T18:04:05.1Z stdout F one
        2026-11-23T18:04:05.2Z stdout P tw
        2026-11-23T18:04:05.3Z stdout F o
        2026-11-23T18:04:05.4Z stdout P thr
        """;
    assertThat(lines(bytes(file))).containsExactly("1|one", "2|two", "4|");
  }

  @ParameterizedTest
  @EnumSource(
      value = Envelope.class,
      names = {"AUTO", "CUSTOM_JSON"},
      mode = EnumSource.Mode.EXCLUDE)
  void aFileOfEveryEnvelopeIsReadAsItsRecordsAre(Envelope envelope) {
    byte[] record = in(envelope, "Mem-Info: x");
    boolean ends = envelope == Envelope.OTLP_PROTO || envelope == Envelope.JOURNALD_EXPORT;
    byte[] line = ends ? record : EnvelopeWriter.concat(record, new byte[] {'\n'});
    byte[] file = EnvelopeWriter.concat(line, line, line);
    for (Envelope how : List.of(Envelope.AUTO, envelope)) {
      assertThat(lines(file, how).stream().map(l -> l.substring(l.indexOf('|') + 1)).toList())
          .as("%s", how)
          .containsExactly("Mem-Info: x", "Mem-Info: x", "Mem-Info: x");
    }
  }

  @Test
  void aFileOfAnySizeIsReadInLittleMemory() throws IOException {
    long size = 40L << 20;
    byte[] entry = bytes("\n{\"pri\": 6, \"time\": 1.5, \"msg\": \"" + "x".repeat(4000) + "\"},");
    InputStream endless =
        new InputStream() {
          private final byte[] begin = bytes("{\"dmesg\": [");
          private long at;

          @Override
          public int read() {
            long now = at++;
            return now >= size
                ? -1
                : now < begin.length
                    ? begin[(int) now]
                    : entry[(int) ((now - begin.length) % entry.length)];
          }
        };
    FileSplitter all = FileSplitter.of(new BufferedInputStream(endless, 1 << 16), Envelope.AUTO);
    long count = 0;
    int longest = 0;
    for (FileUnit unit = all.next(); unit != null; unit = all.next()) {
      count++;
      longest = Math.max(longest, unit.bytes().length);
    }
    assertThat(count).isEqualTo(1 + (size - 11) / entry.length);
    assertThat(longest).isLessThan(5_000);
  }

  @Property(tries = 500)
  void anyBytesEnd(@ForAll @Size(max = 200) byte[] file, @ForAll Envelope pinned) {
    units(file, pinned);
    for (String begin :
        List.of("__CURSOR=a\n", "{\"dmesg\":[{", "{\"resourceLogs\":[{", "\n\4\n")) {
      units(EnvelopeWriter.concat(bytes(begin), file), pinned);
    }
  }

  private static long newlines(byte[] bytes) {
    long count = 0;
    for (byte b : bytes) {
      count += b == '\n' ? 1 : 0;
    }
    return count;
  }
}
