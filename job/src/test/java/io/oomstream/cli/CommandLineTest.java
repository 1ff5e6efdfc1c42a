package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  private static final String SEED = Path.of("..", "samples", "seed.dmesg").toString();

  @TempDir private Path folder;

  private record Outcome(int exit, String out, String err) {}

  private static Outcome run(String... args) {
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int exit = OomstreamCommand.execute(args);
      return new Outcome(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }

  private static void assertOneLine(Outcome outcome, String message) {
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(message).startsWith("oomstream: ");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @Test
  void printsOneCloudEventALine() {
    Outcome outcome = run("analyze", "--output", "json", "--blocks", SEED);
    assertThat(outcome.exit()).isZero();
    // The reaper's line of a kill nine hours earlier.
    assertThat(outcome.err().lines())
        .hasSize(2)
        .contains("oomstream: " + SEED + ":1: belongs to no block in this log")
        .anyMatch(line -> line.startsWith("oomstream: Read: 1 file, 62 lines, 39 of them look"));
    List<JsonNode> events =
        outcome
            .out()
            .lines()
            .map(l -> EventJson.parse(l.getBytes(StandardCharsets.UTF_8)))
            .toList();
    assertThat(events).hasSizeGreaterThanOrEqualTo(4);
    for (JsonNode event : events) {
      OutgoingEvent.Type type =
          Arrays.stream(OutgoingEvent.Type.values())
              .filter(t -> t.ceType().equals(event.get("type").asText()))
              .findFirst()
              .orElseThrow();
      SchemaAssert.assertValid(type, EventJson.toBytes(event.get("data")));
      assertThat(event.get("specversion").asText()).isEqualTo("1.0");
      assertThat(event.get("dataschema").asText()).isEqualTo(type.dataSchema());
    }
    assertThat(events.get(0).at("/data/victim/pid").asLong()).isEqualTo(5071);
    assertThat(run("analyze", "--output", "json", "--blocks", SEED).out()).isEqualTo(outcome.out());
  }

  @Test
  void explainsInTextAndHtml() throws Exception {
    assertThat(run("analyze", SEED).out()).contains("5071").contains("a.out");
    assertThat(run("analyze", "--output", "html", SEED).out())
        .startsWithIgnoringCase("<!doctype html>");
  }

  @Test
  void takesSeveralFilesAsSeveralHosts() throws Exception {
    Path copy = folder.resolve("other.dmesg");
    Files.copy(Path.of(SEED), copy);
    String json = run("analyze", "--output", "json", SEED, copy.toString()).out();
    List<JsonNode> kills =
        json.lines()
            .map(l -> EventJson.parse(l.getBytes(StandardCharsets.UTF_8)))
            .filter(e -> e.get("type").asText().contains("kill"))
            .toList();
    assertThat(kills)
        .extracting(k -> k.at("/data/host/name").asText())
        .containsExactly(SEED, copy.toString());
    assertThat(kills.get(0).get("id")).isNotEqualTo(kills.get(1).get("id"));
  }

  @Test
  void readsGzip() throws Exception {
    Path gz = folder.resolve("kern.log.2.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write(Files.readAllBytes(Path.of(SEED)));
    }
    assertThat(run("analyze", gz.toString()).out()).contains("5071");
  }

  @Test
  void aReportWithoutItsKillIsNoAllClear() throws Exception {
    Path log = folder.resolve("head.log");
    Files.writeString(
        log,
        "[   81.429116] web invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
            + "[   81.429117] Mem-Info:\n");
    Outcome text = run("analyze", "--host", "db7", log.toString());
    assertThat(text.exit()).isZero();
    assertThat(text.out())
        .startsWith("OOM KILLER CALLED by web on db7")
        .contains("head.log:1-2")
        .doesNotContain(Messages.in(Language.EN).text("report.nothing"));
    assertThat(run("analyze", "--output", "html", log.toString()).out())
        .contains("<p class=\"unfinished\">OOM KILLER CALLED by web");
    assertThat(run("analyze", "--output", "json", log.toString()).out()).isEmpty();
  }

  @Test
  void theVersionIsNamed() {
    assertThat(run("--version").out()).startsWith("oomstream ");
  }

  @Test
  void refusesWhatNothingCanBeDoneWith() throws Exception {
    assertOneLine(
        run("analyze", "--envelope", "syslog", "x.log"),
        "input.envelope: \"SYSLOG\" is none of AUTO, KMSG, ");
    assertOneLine(run("analyze", "/no/such/file"), "/no/such/file: no such file");
    assertOneLine(run("analyze", folder.toString()), "is a directory");
    Path empty = Files.createFile(folder.resolve("empty.log"));
    assertOneLine(run("analyze", empty.toString()), "is empty");
    Path binary = folder.resolve("binary");
    Files.write(binary, new byte[] {0x7f, 'E', 'L', 'F', 0, 0, 1});
    assertOneLine(run("analyze", binary.toString()), "is not text");
    Path longLine = folder.resolve("long.log");
    byte[] megabyte = new byte[1 << 20];
    Arrays.fill(megabyte, (byte) 'x');
    Files.write(longLine, megabyte);
    assertOneLine(run("analyze", longLine.toString()), "long.log:1: ");
  }

  @Test
  void aLongLineAmongGoodOnesIsNamedAndTheRestIsRead() throws Exception {
    Path mixed = folder.resolve("mixed.log");
    byte[] megabyte = new byte[1 << 20];
    Arrays.fill(megabyte, (byte) 'x');
    megabyte[megabyte.length - 1] = '\n';
    Files.write(mixed, megabyte);
    Files.write(mixed, Files.readAllBytes(Path.of(SEED)), java.nio.file.StandardOpenOption.APPEND);
    Outcome outcome = run("analyze", mixed.toString());
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("5071");
    assertThat(outcome.err()).contains("mixed.log:1: ").contains("65536");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "analyze --nonsense x | Unknown option",
        "analyze | Missing required parameter",
        "analyze --output xml x | xml",
        "analyze --envelope xml SEED | input.envelope",
        "analyze --time-zone Mars SEED | no time zone",
        "frobnicate | \"frobnicate\" is no command; see ./oomstream --help",
        "analyse x | \"analyse\" is no command; did you mean analyze?",
        "SEED | did you mean ./oomstream analyze ",
        "analyze --sumary SEED | did you mean --summary?",
        "serve --prot 1 | did you mean --port?",
        "run --kafka.bootstrap.server a:1 | did you mean --kafka.bootstrap.servers?",
        "analyze --summary --full SEED | --summary and --full exclude each other",
        "run | kafka.bootstrap.servers is not set",
        "run --bootstrap-servers nowhere | is not HOST:PORT",
        "run --assemble.settling-time soon --bootstrap-servers a:1 | assemble.settling-time",
        "run --config /no/such.properties | cannot be read",
        "demo --samples /no/such | no such folder"
      })
  void saysInOneLineWhatIsWrong(String args, String message) {
    assertOneLine(run(args.replace("SEED", SEED).split(" ")), message);
  }

  @ParameterizedTest
  @CsvSource({"analyze", "compare", "demo", "run", "serve", "completion", "man"})
  void everyCommandHasHelp(String command) {
    Outcome outcome = run(command, "--help");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("Usage: oomstream " + command);
    assertThat(outcome.out().lines()).hasSizeLessThan(60);
    assertThat(run("help", command).out()).isEqualTo(outcome.out());
  }

  @Test
  void allOptionsAreShownIfAskedFor() {
    assertThat(run("analyze", "--help").out()).doesNotContain("--envelope");
    assertThat(run("analyze", "--help-all").out()).contains("--envelope", "--summary");
    assertThat(run("run", "--help").out())
        .contains("--kafka.bootstrap.servers")
        .doesNotContain("--assemble.settling-time");
    assertThat(run("run", "--help-all").out()).contains("--assemble.settling-time");
    assertThat(run("--help-all").out()).contains("analyze", "completion");
  }

  @Test
  void withoutACommandTheWayIsShown() {
    Outcome outcome = run();
    assertThat(outcome.err()).contains("dmesg | ./oomstream analyze -", "./oomstream help");
    // On a cluster a job without a command can't start.
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(run("help").out()).contains("dmesg | ./oomstream analyze -");
  }

  @Test
  void theExitCodeSaysWhatWasFoundWhateverTheForm() throws Exception {
    Path quiet = folder.resolve("quiet.log");
    Files.writeString(quiet, "[    1.000000] usb 1-1: new high-speed USB device number 2\n");
    Path other = folder.resolve("other.log");
    Files.writeString(other, "GET /index.html 200\n");
    Path head = folder.resolve("head.log");
    Files.writeString(
        head,
        "[   81.429116] web invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n"
            + "[   81.429117] Mem-Info:\n");
    for (String form : List.of("text", "json", "html", "markdown")) {
      assertThat(run("analyze", "--output", form, SEED).exit()).as(form).isZero();
      assertThat(run("analyze", "--output", form, head.toString()).exit()).as(form).isZero();
      assertThat(run("analyze", "--output", form, quiet.toString()).exit()).as(form).isEqualTo(5);
      assertThat(run("analyze", "--output", form, other.toString()).exit()).as(form).isEqualTo(3);
      assertThat(run("analyze", "--output", form, SEED, "/no/such").exit()).as(form).isEqualTo(4);
      assertThat(run("analyze", "--output", form, "/no/such").exit()).as(form).isEqualTo(2);
    }
  }

  @Test
  void aReportGoesToAFileInTheFormOfItsName() throws Exception {
    for (String[] form :
        new String[][] {
          {"a.html", "<!doctype html>"}, {"a.md", "## 1 kill"}, {"a.json", "{"}, {"a.txt", "OOM"}
        }) {
      Path file = folder.resolve(form[0]);
      Outcome outcome = run("analyze", SEED, "-o", file.toString());
      assertThat(outcome.exit()).as(outcome.err()).isZero();
      assertThat(outcome.out()).isEmpty();
      assertThat(Files.readString(file)).startsWith(form[1]);
    }
    Path page = folder.resolve("page");
    run("analyze", SEED, "--output", "html", "-o", page.toString());
    assertThat(Files.readString(page)).startsWith("<!doctype html>");
    Outcome refused = run("analyze", SEED, "-o", folder.resolve("no/such").toString());
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("no/such: cannot be written: no such folder");
  }

  @Test
  void aMarkdownReportKeepsNamesAsText() throws Exception {
    Path log = folder.resolve("hostile.log");
    Files.writeString(
        log,
        "[   1.0] Out of memory: Killed process 7 (<b>|x`[a](b)) total-vm:8kB, anon-rss:4kB,"
            + " file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0\n");
    String report = run("analyze", "--output", "markdown", log.toString()).out();
    assertThat(report).contains("\\<b\\>\\|x\\`\\[a\\](b)").doesNotContain("<b>");
  }

  @Test
  void twoBlocksStandSideBySide() {
    String storm = Path.of("..", "samples", "storm.kmsg").toString();
    Outcome one = run("compare", storm + "#1", storm + "#31");
    assertThat(one.exit()).as(one.err()).isZero();
    assertThat(one.out())
        .startsWith("Grew most: anon +")
        .contains("worker-0 (pid 116)", "latecomer (pid 150)", "latecomer +")
        .containsPattern("the group's limit +6.0 MiB +6.0 MiB +=");
    assertThat(run("compare", storm).out()).isEqualTo(one.out());
    assertThat(run("compare", SEED, storm).out()).contains("a.out (pid 5071)");
    assertOneLine(run("compare", SEED), "has nothing to compare with");
    assertOneLine(run("compare", storm + "#32", SEED), "has the blocks 1 to 31, not 32");
    assertOneLine(run("compare", SEED, "/no/such"), "/no/such: no such file");
  }

  @Test
  void coloursAreGivenIfAskedFor() {
    assertThat(run("analyze", "--color", "always", SEED).out()).contains("\u001b[1;31mOOM KILL");
    assertThat(run("analyze", SEED).out()).doesNotContain("\u001b");
  }

  /** The log has no wall clock, and its kills are a storm: windows and episodes have a time. */
  @Test
  void secondsSinceBootAreNeverWrittenAsADate() {
    Outcome outcome =
        run("analyze", "--output", "json", Path.of("..", "samples", "storm.kmsg").toString());
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .contains("\"OOM_STORM\"", "\"window\":{\"startKernelTimeUs\":3", "\"openedKernelTimeUs\":")
        .doesNotContainPattern("\"19[0-9]{2}-");
  }
}
