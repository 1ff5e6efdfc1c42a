package io.oomstream.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.cli.input.LogFiles;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.cli.text.TextReport;
import io.oomstream.cli.text.TextStyle;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.KillEvent;
import io.oomstream.format.line.Envelope;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are more than a text, or less, and what is said of them. */
class LogInputTest {

  private static final String HEAD =
      "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";
  private static final String KILL =
      "Out of memory: Killed process 7 (a) total-vm:8kB, anon-rss:4kB, file-rss:0kB,"
          + " shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0";

  @TempDir private Path folder;

  @Test
  void aBinaryJournalIsNamedWithTheCommandThatReadsIt() throws Exception {
    Path journal =
        Files.write(folder.resolve("system.journal"), "LPKSHHRH\0\0".getBytes(ISO_8859_1));
    assertThat(refused(journal)).singleElement().asString().contains("journalctl --file");
  }

  @Test
  void aTableWithoutAKnownColumnIsRefusedWithAWayToGoOn() throws Exception {
    Path table = Files.writeString(folder.resolve("x.csv"), "a,b,c\n1,2,3\n4,5,6\n");
    assertThat(ReadLog.of(table).refused()).singleElement().asString().contains("mlr --icsv");
  }

  @Test
  void jsonOfAnUnknownShapeIsRefusedWithAWayToGoOn() throws Exception {
    Path json = Files.writeString(folder.resolve("x.json"), "{\"foo\": {\"bar\": [1, 2]}}\n");
    assertThat(ReadLog.of(json).refused()).singleElement().asString().contains("input.fields");
  }

  @Test
  void aMissingFileKeepsNoOtherFromBeingRead() throws Exception {
    Path log = Files.writeString(folder.resolve("kern.log"), "[    1.000000] " + KILL + "\n");
    ReadLog.Result read = ReadLog.of(folder.resolve("missing.log"), log);
    assertThat(read.one().kills()).hasSize(1);
    assertThat(read.refused()).singleElement().asString().contains("no such file");
  }

  @Test
  void aDirectoryIsReadWhole() throws Exception {
    Path inside = Files.createDirectory(folder.resolve("logs"));
    Files.writeString(inside.resolve("a.log"), "Nov 23 10:00:00 one kernel: " + KILL + "\n");
    Files.writeString(inside.resolve("b.log"), "Nov 23 10:00:00 two kernel: " + KILL + "\n");
    Files.write(inside.resolve("wtmp"), new byte[384]);
    ReadLog.Result read = ReadLog.of(inside);
    assertThat(read.hosts().keySet()).containsExactly("one", "two");
    assertThat(read.refused()).isEmpty();
  }

  @Test
  void whatCameBeforeTheEndOfACutFileCounts() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(("[    1.000000] " + KILL + "\n").repeat(1).getBytes(ISO_8859_1));
      byte[] noise = new byte[200_000];
      new java.util.Random(1).nextBytes(noise);
      gzip.write(
          java.util.HexFormat.of()
              .formatHex(noise)
              .replaceAll("(.{60})", "$1\n")
              .getBytes(ISO_8859_1));
    }
    byte[] bytes = packed.toByteArray();
    Path cut =
        Files.write(
            folder.resolve("kern.log.gz"), java.util.Arrays.copyOf(bytes, bytes.length - 900));
    ReadLog.Result read = ReadLog.of(cut);
    assertThat(read.refused()).singleElement().asString().contains("cannot be read");
  }

  @Test
  void theSameLinesInTwoFilesAreOneKill() throws Exception {
    String lines =
        "Nov 23 10:00:00 db1 kernel: " + HEAD + "\nNov 23 10:00:00 db1 kernel: " + KILL + "\n";
    Path kern = Files.writeString(folder.resolve("kern.log"), lines);
    Path syslog = Files.writeString(folder.resolve("syslog"), lines);
    List<KillEvent> kills = ReadLog.of(kern, syslog).one().kills();
    assertThat(kills).hasSize(1);
  }

  @Test
  void thereIsNoAllClearWhereLinesBehindAHeadWereNotUnderstood() throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("x.log"),
            "[    1.000000] " + HEAD + "\nOut of mem\nory: Kil\nled process seven\n");
    ReadLog.Result read = ReadLog.of(log);
    Messages words = Messages.in(Language.EN);
    String said =
        TextReport.render(
            List.of(), words, new Coverage(read.summary(), 0, words), TextStyle.PLAIN);
    assertThat(said.replaceAll("\\s+", " "))
        .doesNotContain("no other sign")
        .contains("not understood")
        .contains("Out of mem")
        .contains("Read: 1 file");
  }

  private static List<String> refused(Path path) {
    return LogFiles.of(List.of(path.toString()), 0, Envelope.AUTO).refused();
  }
}
