package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.detect.EnvelopeDetector;
import io.oomstream.format.detect.EnvelopeReaders;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.json.JsonFields;
import io.oomstream.format.json.JsonScanner;
import io.oomstream.format.json.OwnFields;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.text.FirstLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quirks of each envelope, and what AUTO takes each shape for. */
class EnvelopeFormsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "[   12.345678] Mem-Info:~Mem-Info:~12345678",
        "[   12.345678]  active_file:0~ active_file:0~12345678",
        "[  599.515700][T23028] a invoked~a invoked~599515700",
        "[   81.2][    C1] msg~msg~81200000",
        "[    T1] msg~msg~",
        "kern  :warn  : [   12.345678] msg~msg~12345678",
        "kern  :warn  : [Sun Aug 11 20:21:28 2024] msg~msg~",
        "user  :notice: msg~msg~",
        "<4>[   12.345678] msg~msg~12345678",
        "> [   12.345678] msg~msg~12345678",
        "> > [   12.345678] msg~msg~12345678",
        "    [   12.345678] msg~msg~12345678",
        "[   12.345678 <    0.000012>] msg~msg~12345678",
        "[  +0.000012] msg~msg~",
        "[Aug11 20:21] msg~msg~",
        "[Sun Aug 11 20:21:28 2024]  active_file:0~ active_file:0~",
        "[dim. 19 avril 18:03:30 2026] msg~msg~",
        "[ven. nov. 28 18:03:30 2026] msg~msg~",
        "2024-08-11T20:21:28,123456+08:00 msg~msg~",
        "[  172]  1000   172      700 0 sh~[  172]  1000   172      700 0 sh~",
        "[ pid ]   uid  tgid total_vm~[ pid ]   uid  tgid total_vm~",
        "[<ffffffff8117a8d5>] out_of_memory+0x1/0x2~[<ffffffff8117a8d5>] out_of_memory+0x1/0x2~",
        " active_file:0~ active_file:0~",
        "[drm:foo] 12:34 x~[drm:foo] 12:34 x~",
      })
  void readsWhatDmesgAndConsolesShow(String line, String text, @Nullable Long kernelUs) {
    for (String end : new String[] {"", "\n", "\r\n"}) {
      KernelLine read = Decoded.of(Envelope.AUTO, line + end).line();
      assertThat(read.text()).isEqualTo(text);
      assertThat(read.kernelTimeUs()).isEqualTo(kernelUs);
      assertThat(Decoded.of(Envelope.DMESG, line + end).line()).isEqualTo(read);
    }
  }

  @Test
  void readsPriorityCallerAndWallTimeOfDmesg() {
    KernelLine words = Decoded.of(Envelope.AUTO, "user  :warn  : [ 1.000001][ T7] x").line();
    assertThat(words.facility()).isEqualTo(1);
    assertThat(words.level()).isEqualTo(4);
    assertThat(words.caller()).isEqualTo("T7");
    assertThat(Decoded.of(Envelope.AUTO, "<12>[ 1.000001] x").line().facility()).isEqualTo(1);
    assertThat(wall("[Sun Aug 11 20:21:28 2024] x", ZoneId.of("Asia/Shanghai")))
        .isEqualTo("2024-08-11T12:21:28Z");
    assertThat(wall("[Sun Aug 11 20:21:28 2024] x", ZoneId.of("America/New_York")))
        .isEqualTo("2024-08-12T00:21:28Z");
    assertThat(wall("2024-08-11T20:21:28,123456+08:00 x", ZoneOffset.UTC))
        .isEqualTo("2024-08-11T12:21:28.123456Z");
  }

  private static @Nullable String wall(String line, ZoneId zone) {
    return wall(line, zone, Decoded.RECORD_MS);
  }

  private static @Nullable String wall(String line, ZoneId zone, long recordMs) {
    byte[] value = line.getBytes(StandardCharsets.ISO_8859_1);
    Long us = Decoded.of(Envelope.AUTO, value, zone, recordMs).line().wallTimeUs();
    return us == null ? null : Instant.EPOCH.plusNanos(us * 1000).toString();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Nov 25 20:00:00,2026-11-25T04:00:00Z,2026-11-25T20:00:00Z",
        "Nov 26 04:00:00,2026-11-25T04:00:00Z,2026-11-26T04:00:00Z",
        "Nov 26 04:00:01,2026-11-25T04:00:00Z,2025-11-26T04:00:01Z",
        "Dec 31 23:59:59,2027-01-01T00:00:05Z,2026-12-31T23:59:59Z",
        "Jan  1 00:00:01,2026-12-31T23:59:58Z,2027-01-01T00:00:01Z",
        "Feb 29 01:02:03,2026-11-25T04:00:00Z,2024-02-29T01:02:03Z",
        "Feb 30 01:02:03,2026-11-25T04:00:00Z,-",
        "Nov 25 01:02:03,1970-01-01T00:00:00Z,-",
      })
  void takesTheYearFromTheRecord(String time, Instant record, @Nullable String expected) {
    assertThat(wall(time + " db1 kernel: x", ZoneOffset.UTC, record.toEpochMilli()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      nullValues = "-",
      value = {
        "Aug 11 20:21:28 db1 kernel: [2169057.156353] msg~db1~-~2169057156353~msg",
        "<4>Aug 11 20:21:28 db1 kernel: msg~db1~0~-~msg",
        "<12>Aug 11 20:21:28 db1 kernel: msg~db1~1~-~msg",
        "Aug 11 20:21:28 db1 kernel:  active_file:0~db1~-~-~ active_file:0",
        "Aug 11 20:21:28 db1 kernel: [ 1.5]  active_file:0~db1~-~1500000~ active_file:0",
        "Aug 11 20:21:28 db1 kernel:[ 1.5] msg~db1~-~1500000~msg",
        "Aug 11 20:21:28 db1 kernel: [ 1.5][ T12] msg~db1~-~1500000~msg",
        "Dec 14 17:13:12 kernel: msg~-~-~-~msg",
        "Aug 11 20:21:28 ** kernel: msg~-~-~-~msg",
        "Aug 11 20:21:28 db1 sshd[12]: Killed process 1~db1~1~-~Killed process 1",
        "<4>Aug 11 20:21:28 db1 sshd[12]: msg~db1~1~-~msg",
        "2024-08-11T20:21:28+0800 db1 kernel: msg~db1~-~-~msg",
        "2026-11-23T18:04:05.123456+00:00 db1 kernel: [81.429116] Mem-Info:~db1~-~81429116~Mem-Info:",
        "2026-11-23T18:04:05.123456+00:00 kernel: msg~-~-~-~msg",
        "[   81.429116] db1 kernel: msg~-~-~81429116~msg",
        "Aug 11 20:21:28 db1 kernel: a:1#012 b:2#011c Thread#012~db1~-~-~a:1| b:2\tc Thread#012",
      })
  void readsSyslog(
      String line,
      @Nullable String host,
      @Nullable Integer facility,
      @Nullable Long kernelUs,
      String text) {
    KernelLine read = Decoded.of(Envelope.AUTO, line).line();
    assertThat(read.host()).isEqualTo(host);
    assertThat(read.facility()).isEqualTo(facility);
    assertThat(read.kernelTimeUs()).isEqualTo(kernelUs);
    assertThat(read.text()).isEqualTo(text.replace('|', '\n'));
    assertThat(Decoded.of(Envelope.RFC3164, line).line()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<4>1 2026-11-23T18:04:05.123456Z db1 kernel - - - msg",
        "1 2026-11-23T18:04:05.123456Z db1 kernel - - - msg",
        "<4>1 2026-11-23T19:04:05.123456+01:00 db1 kernel 1 id [a@1 b=\"]\\\"\"][c] \u00ef\u00bb\u00bfmsg",
        "<4>1 2026-11-23T18:04:05.123456Z db1 kernel - - - [   81.429116] msg",
      })
  void readsRfc5424(String line) {
    KernelLine read = Decoded.of(Envelope.AUTO, line).line();
    assertThat(read.host()).isEqualTo("db1");
    assertThat(read.text()).isEqualTo("msg");
    assertThat(read.wallTimeUs()).isEqualTo(1_795_457_045_123_456L);
    assertThat(read.facility()).isEqualTo(line.startsWith("<") ? 0 : null);
    String user = line.replace(" kernel ", " sshd ").replace("<4>", "");
    assertThat(Decoded.of(Envelope.RFC5424, user).line().facility()).isEqualTo(1);
  }

  @Test
  void readsKmsgWithItsContinuationsAndFragments() {
    Decoded decoded =
        Decoded.of(
            Envelope.AUTO,
            "4,17,5207745,-,caller=T1;a\\x0ab\\x5cx0a\n SUBSYSTEM=acpi\n DEVICE=+acpi\\x3a\n"
                + "6.12.117+deb13-amd64,12,18,5207746,c,ncfrag=970/1134;x2d\\x5\n");
    assertThat(decoded.failure()).isNull();
    assertThat(decoded.texts()).containsExactly("a\nb\\x0a", "x2d\\x5");
    KernelLine first = decoded.lines().get(0);
    assertThat(first.caller()).isEqualTo("T1");
    assertThat(first.sequence()).isEqualTo(17);
    assertThat(first.facility()).isZero();
    assertThat(first.fragmentOffset()).isNull();
    KernelLine second = decoded.lines().get(1);
    assertThat(second.fragmentOffset()).isEqualTo(970);
    assertThat(second.facility()).isEqualTo(1);
    assertThat(second.index()).isEqualTo(1);
  }

  @Test
  void aLineWithoutPrefixInheritsFromTheOneBefore() {
    Decoded decoded =
        Decoded.of(
            Envelope.AUTO,
            "<12>Nov 23 18:04:05 db1 kernel: active_anon:1\n active_file:2\n"
                + " ".repeat(32)
                + " unevictable:3\n");
    assertThat(decoded.texts())
        .containsExactly("active_anon:1", " active_file:2", " unevictable:3");
    assertThat(decoded.lines())
        .allSatisfy(
            l -> {
              assertThat(l.host()).isEqualTo("db1");
              assertThat(l.facility()).isEqualTo(1);
              assertThat(l.wallTimeUs()).isEqualTo(1_795_457_045_000_000L);
            });
    assertThat(decoded.lines()).extracting(KernelLine::index).containsExactly(0, 1, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "KMSG~6,1,2,-;x",
        "KMSG~6.1.0-1,6,1,2,-;x",
        "DMESG~[ 1.5] x",
        "DMESG~kern  :info  : x",
        "DMESG~2024-08-11T20:21:28,1+08:00 db1 kernel: x",
        "DMESG~anything else 1,2,3;x",
        "RFC3164~<4>Aug 11 20:21:28 db1 kernel: x",
        "RFC3164~2024-08-11T20:21:28Z db1 kernel: x",
        "RFC5424~<4>1 - db1 kernel - - - x",
        "JOURNALD_JSON~{\"__CURSOR\":\"s\",\"MESSAGE\":\"x\",\"msg\":\"y\",\"sec\":\"1\"}",
        "JOURNALD_JSON~{\"MESSAGE\":\"x\",\"_TRANSPORT\":\"kernel\"}",
        "FLUENT_BIT_KMSG~{\"msg\":\"x\",\"sec\":1,\"usec\":2}",
        "FLUENT_BIT_KMSG~{\"msg\":\"x\",\"sequence\":1,\"boot_id\":\"b\"}",
        "FLUENT_BIT_SYSTEMD~{\"@timestamp\":1,\"MESSAGE\":\"x\",\"_TRANSPORT\":\"kernel\"}",
        "FLUENT_BIT_SYSTEMD~{\"message\":\"x\",\"transport\":\"kernel\"}",
      })
  void detectsByShape(Envelope expected, String record) {
    byte[] value = record.getBytes(StandardCharsets.ISO_8859_1);
    EnvelopeDetector detector = new EnvelopeDetector(new EnvelopeReaders(ZoneOffset.UTC).texts());
    JsonFields fields = new JsonFields();
    Envelope detected =
        new JsonScanner(new OwnFields(FieldNames.NONE)).readObject(value, 0, fields)
            ? detector.json(fields)
            : detector.text(value, 0, Decoded.RECORD_MS, new FirstLine());
    assertThat(detected).isEqualTo(expected);
    assertThat(Decoded.of(Envelope.AUTO, value).line().text()).endsWith("x");
  }
}
