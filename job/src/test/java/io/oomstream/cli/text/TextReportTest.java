package io.oomstream.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.SeedLikeEvents;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextReportTest {

  private static final String KILL =
      "{\"type\":\"io.oomstream.kill.v1\",\"data\":{\"victim\":{\"comm\":%s}}}";

  @Test
  void theSeedsKill() throws IOException {
    new GoldenFile(Path.of("src/test/resources/report/seed-like.txt"))
        .mustBe(TextReport.render(SeedLikeEvents.all()));
  }

  @Test
  void aKillTakesNoMoreThan30LinesOf100Columns() {
    String report = TextReport.render(SeedLikeEvents.all());
    List<String> kill = report.lines().takeWhile(line -> !line.isEmpty()).toList();
    assertThat(kill).hasSizeLessThanOrEqualTo(30);
    assertThat(report.lines())
        .allMatch(line -> line.length() <= 100 || line.strip().indexOf(' ') < 0);
  }

  @Test
  void anEmptyRunSaysSoInOneLine() {
    assertThat(TextReport.render(List.of()).lines())
        .containsExactly(Messages.in(Language.EN).text("report.nothing"));
    JsonNode block = SeedLikeEvents.parse("{\"type\":\"io.oomstream.block.v1\",\"data\":{}}");
    assertThat(TextReport.render(List.of(block)).lines())
        .containsExactly(Messages.in(Language.EN).text("report.nothing"));
  }

  @Test
  void whoDiesByOneReportSharesACard() {
    String report = TextReport.render(List.of(kill("b1", "h", "a", 1), kill("b1", "h", "b", 2)));
    assertThat(report)
        .startsWith("OOM KILL: a (pid 1) killed on h\n")
        .contains("  Also      1 kill more by the same report: b (pid 2)\n")
        .endsWith("\n\n2 kills, 0 signals\n");
    assertThat(report.split("OOM KILL", -1)).hasSize(2);
  }

  @Test
  void killsThatAreAlikeShareARowAndACard() {
    List<JsonNode> kills = new ArrayList<>();
    for (int i = 10; i < 30; i++) {
      kills.add(kill("b" + i, "h", "worker-" + i, i));
    }
    kills.add(kill("x", "h", "java", 99));
    String report = TextReport.render(kills);
    assertThat(report)
        .startsWith("21 kills on h\n")
        .contains(" worker-10 … worker-29: 20 kills, without a report ")
        .contains("\n2. OOM KILL: java (pid 99) killed on h\n")
        .contains("  More      19 more like it. --full shows a card for each.\n");
    assertThat(report.split("OOM KILL:", -1)).hasSize(3);
    String full = render(kills, TextStyle.Detail.FULL);
    assertThat(full.split("OOM KILL:", -1)).hasSize(22);
    assertThat(full).doesNotContain("--full");
  }

  @Test
  void theRateLimitIsNamedWhereTheLogShowsIt() {
    JsonNode loss =
        SeedLikeEvents.parse(
            "{\"type\":\"io.oomstream.signal.v1\",\"data\":{\"kind\":\"LOG_LOSS\","
                + "\"severity\":\"WARNING\",\"subject\":\"oom_kill_process\","
                + "\"host\":{\"name\":\"h\"}}}");
    assertThat(TextReport.render(List.of(kill("1", "h", "w-1", 1), kill("2", "h", "w-2", 2), loss)))
        .contains("w-1 … w-2: 2 kills, reports suppressed by the rate limit");
  }

  @Test
  void twoHundredKillsBeginWithAnIndexAndSayWhatHasNoCard() {
    List<JsonNode> kills = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String name = "" + (char) ('a' + i % 26) + (char) ('a' + i / 26);
      kills.add(kill("b" + i, "h" + i % 7, name, i + 1));
    }
    String report = TextReport.render(kills);
    assertThat(report).startsWith("200 kills on 7 hosts\n");
    assertThat(report.lines().skip(2).limit(200))
        .allMatch(line -> line.matches(" +[0-9]+ +h[0-6] .*"));
    assertThat(report)
        .contains("Rows 13-200 have no card here (188 kills); --full shows a card for each.");
    assertThat(render(kills, TextStyle.Detail.SUMMARY).lines()).hasSize(204);
  }

  /** One sentence for a fleet: by host there would be a row for each of them. */
  @Test
  void aKindOfKillOnManyHostsIsOneRow() {
    List<JsonNode> kills = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      kills.add(kill("b" + i, "h" + i % 20, i % 4 == 0 ? "nginx" : "java", i + 1));
    }
    String report = TextReport.render(kills);
    assertThat(report)
        .startsWith("40 kills on 20 hosts\n")
        .containsPattern("\n +1 +5 hosts +nginx: 10 kills")
        .containsPattern("\n +2 +15 hosts +java: 30 kills");
    assertThat(report.split("OOM KILL:", -1)).hasSize(3);
    assertThat(render(kills, TextStyle.Detail.FULL).split("OOM KILL:", -1)).hasSize(41);
    assertThat(TextReport.render(kills.subList(0, 6))).containsPattern("h0 +nginx \\(pid 1\\)");
  }

  @Test
  void aSummaryOfOneKillIsARow() {
    String report = render(List.of(SeedLikeEvents.all().get(0)), TextStyle.Detail.SUMMARY);
    assertThat(report)
        .contains("1 kill on orb at 2024-08-11T20:21:28Z\n")
        .contains("a.out (pid 5071)  PAGE_TABLE_BLOAT  the machine\n")
        .doesNotContain("Why");
  }

  @Test
  void aCardSaysWhatItLeavesOutAndTheFullOneLeavesOutNothing() {
    List<JsonNode> kill = List.of(SeedLikeEvents.all().get(0));
    Messages words = Messages.in(Language.EN);
    TextStyle narrow = new TextStyle(60, false, TextStyle.Detail.CARDS, false);
    String card = TextReport.render(kill, words, null, narrow);
    String full = TextReport.render(kill, words, null, narrow.with(TextStyle.Detail.FULL));
    String said =
        card.substring(card.indexOf("  Left out"), card.indexOf("\n\n")).replaceAll("\\s+", " ");
    int left =
        Pattern.compile("\\((\\w+) lines?\\)")
            .matcher(said)
            .results()
            .mapToInt(found -> found.group(1).equals("one") ? 1 : Integer.parseInt(found.group(1)))
            .sum();
    assertThat(left).isPositive();
    assertThat(full).doesNotContain("Left out");
    int saying =
        (int) card.substring(card.indexOf("  Left out"), card.indexOf("\n\n")).lines().count();
    // What the task table leaves out it says itself: (of 19).
    assertThat(cardLines(card) - saying + left).isEqualTo(cardLines(full) - tasksBeyond(full, 4));
  }

  private static int tasksBeyond(String full, int shown) {
    long rows =
        full.lines().filter(line -> line.matches("  (Tasks)? +\\d+ .* (B|GiB|MiB|KiB) .*")).count();
    return (int) rows - shown;
  }

  private static int cardLines(String report) {
    return (int) report.lines().takeWhile(line -> !line.isEmpty()).count();
  }

  @Test
  void everyLineKeepsToTheTerminalsWidth() {
    for (int columns : new int[] {40, 60, 72, 132}) {
      for (TextStyle.Detail detail : TextStyle.Detail.values()) {
        String report =
            TextReport.render(
                SeedLikeEvents.all(),
                Messages.in(Language.EN),
                null,
                new TextStyle(columns, false, detail, false));
        assertThat(report.lines())
            .filteredOn(line -> !line.matches(".* {4}.*"))
            .allMatch(line -> line.length() <= columns);
      }
    }
  }

  @Test
  void coloursChangeNoWord() {
    String plain = TextReport.render(SeedLikeEvents.all());
    String colours =
        TextReport.render(
            SeedLikeEvents.all(),
            Messages.in(Language.EN),
            null,
            new TextStyle(100, true, TextStyle.Detail.CARDS, false));
    assertThat(colours).contains("\u001b[1;31mOOM KILL").contains("\u001b[36mCause\u001b[0m");
    assertThat(colours.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  private static String render(List<JsonNode> events, TextStyle.Detail detail) {
    return TextReport.render(events, Messages.in(Language.EN), null, TextStyle.PLAIN.with(detail));
  }

  private static JsonNode kill(String block, String host, String comm, int pid) {
    return SeedLikeEvents.parse(
        "{\"type\":\"io.oomstream.kill.v1\",\"data\":{\"victim\":{\"comm\":\"%s\",\"pid\":%d},"
                .formatted(comm, pid)
            + "\"host\":{\"name\":\"%s\"},\"cause\":{\"primary\":\"MEMCG_LIMIT\"},".formatted(host)
            + "\"block\":{\"id\":\"%s\",\"lineCount\":1},\"scope\":{\"kind\":\"MEMCG\"}}}"
                .formatted(block));
  }

  @Test
  void whatIsAbsentIsLeftOut() {
    for (JsonNode event : SeedLikeEvents.all()) {
      for (JsonNode less : SeedLikeEvents.withOneFieldLess(event)) {
        assertThat(TextReport.render(List.of(less))).as(less.toString()).doesNotContain("null");
      }
    }
    assertThat(TextReport.render(List.of(SeedLikeEvents.parse(KILL.formatted("null")))))
        .isEqualTo(
            "OOM KILL: a process killed\n  Limit     not shown by the log\n\n1 kill, 0 signals\n");
  }

  @Test
  void aNameCannotSpeakToTheTerminal() {
    String report =
        TextReport.render(
            List.of(
                SeedLikeEvents.parse(KILL.formatted("\"\\u001b[2J\\r\\nOOM\\u202e\\u0085x\""))));
    assertThat(report).startsWith("OOM KILL: \\u001b[2J\\u000d\\u000aOOM\\u202e\\u0085x killed\n");
  }

  @Test
  void aLineThatNoRuleKnowsIsShown() {
    String report =
        TextReport.render(
            List.of(
                SeedLikeEvents.parse(
                    "{\"type\":\"io.oomstream.kill.v1\",\"data\":{\"victim\":{\"comm\":\"x\"},"
                        + "\"block\":{\"complete\":true,\"lineCount\":9,\"unparsedLines\":1,"
                        + "\"unparsed\":[\"Reserved for hot plug: 4096kB\"]}}}")));
    assertThat(report)
        .contains("1 not understood")
        .contains("Unread    Reserved for hot plug: 4096kB\n");
  }

  @Test
  void theLimitIsTheGroupsOrTheNodes() {
    String memcg =
        "{\"type\":\"io.oomstream.kill.v1\",\"data\":{\"victim\":{\"comm\":\"x\"},\"kernelTimeUs\":"
            + "1000002,\"scope\":{\"kind\":\"MEMCG\",\"limitCgroup\":\"/a\"},\"memcg\":"
            + "{\"usageBytes\":1048576,\"limitBytes\":1048576,\"failCount\":3,\"stats\":"
            + "{\"bytes\":{\"anon\":524288,\"file\":262144,\"shmem\":131072}}}}}";
    assertThat(TextReport.render(List.of(SeedLikeEvents.parse(memcg))))
        .contains("x killed at 1.000002 s after boot")
        .contains("control group /a: used 1.0 MiB, limit 1.0 MiB")
        .contains("Shares    anon 50.0 %, file 12.5 %, shmem 12.5 %\n");
    String cpuset =
        "{\"type\":\"io.oomstream.kill.v1\",\"data\":{\"scope\":{\"kind\":\"CPUSET\",\"cpuset\":"
            + "\"batch\",\"memsAllowed\":\"1\"}}}";
    assertThat(TextReport.render(List.of(SeedLikeEvents.parse(cpuset))))
        .contains("memory of NUMA node 1 of cpuset batch");
  }

  private static String data(String fields) {
    return TextReport.render(
        List.of(
            SeedLikeEvents.parse("{\"type\":\"io.oomstream.kill.v1\",\"data\":{" + fields + "}}")));
  }

  @Test
  void aNameThatTheLogLacksLeavesNoGap() {
    assertThat(data("\"scope\":{\"kind\":\"MEMCG\",\"constraint\":\"CONSTRAINT_MEMCG\"}"))
        .contains("Limit     control group (CONSTRAINT_MEMCG)\n");
    assertThat(data("\"scope\":{\"kind\":\"MEMCG\",\"limitCgroup\":\"\"}"))
        .contains("Limit     control group\n");
    assertThat(data("\"scope\":{\"kind\":\"CPUSET\",\"memsAllowed\":\"1\",\"cpuset\":\"\"}"))
        .contains("Limit     memory of a cpuset\n");
    assertThat(data("\"scope\":{\"kind\":\"CPUSET\",\"cpuset\":\"batch\"}"))
        .contains("Limit     memory of a cpuset\n");
    assertThat(data("\"scope\":{\"kind\":\"MEMORY_POLICY\"}"))
        .contains("Limit     memory of a memory policy's nodes\n");
    assertThat(data("\"scope\":{\"kind\":\"UNKNOWN\",\"taskCgroup\":\"\"}"))
        .doesNotContain("Workload");
  }

  @Test
  void standardInputIsNoHost() {
    String block =
        "\"block\":{\"lineCount\":1,\"first\":{\"topic\":\"-\",\"partition\":0,\"offset\":7},"
            + "\"last\":{\"topic\":\"-\",\"partition\":0,\"offset\":7}}";
    String host = "\"host\":{\"name\":\"-\"},\"time\":\"2026-01-02T03:04:05Z\"";
    assertThat(data(host + "," + block))
        .startsWith("OOM KILL: a process killed at 2026-01-02T03:04:05Z\n")
        .contains("Block     1 line, stdin:7\n");
    String signal =
        "{\"type\":\"io.oomstream.signal.v1\",\"data\":{\"kind\":\"LOG_LOSS\",\"severity\":"
            + "\"INFO\","
            + host
            + "}}";
    assertThat(TextReport.render(List.of(SeedLikeEvents.parse(signal))))
        .contains("LOG_LOSS (2026-01-02T03:04:05Z)");
    String unfinished =
        "{\"type\":\"io.oomstream.block.v1\",\"data\":{\"kind\":\"OOM\",\"kills\":[],"
            + "\"host\":{\"name\":\"-\"},\"block\":{\"closedBy\":\"END_OF_INPUT\"}}}";
    assertThat(TextReport.render(List.of(SeedLikeEvents.parse(unfinished))))
        .startsWith(
            "OOM KILLER CALLED by a process, but the log does not show whom it killed: it ends");
  }

  @Test
  void whateverIsAbsentTheSentencesHaveNoHoles() {
    for (JsonNode event : SeedLikeEvents.all()) {
      for (JsonNode less : SeedLikeEvents.withOneFieldLess(event)) {
        assertThat(TextReport.render(List.of(less)))
            .as(less.toString())
            .doesNotContain("()", "( ", " )", " ,", ",,", " on -", "(now the limit)");
      }
    }
  }
}
