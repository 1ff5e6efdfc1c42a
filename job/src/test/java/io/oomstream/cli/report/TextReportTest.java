package io.oomstream.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.SeedLikeEvents;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {

  private static final String KILL =
      "{\"type\":\"io.oomstream.kill.v1\",\"data\":{\"victim\":{\"comm\":%s}}}";

  @Test
  void theSeedsKill() throws IOException {
    if (Boolean.getBoolean("oomstream.write-golden")) {
      Files.writeString(
          Path.of("src/test/resources/report/seed-like.txt"),
          TextReport.render(SeedLikeEvents.all()));
      return;
    }
    assertThat(TextReport.render(SeedLikeEvents.all()))
        .isEqualTo(SeedLikeEvents.resource("seed-like.txt"));
  }

  @Test
  void aKillTakesNoMoreThan25LinesOf100Columns() {
    String report = TextReport.render(SeedLikeEvents.all());
    List<String> kill = report.lines().takeWhile(line -> !line.isEmpty()).toList();
    assertThat(kill).hasSizeLessThanOrEqualTo(25);
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
  void aBlankLineStandsBetweenKills() {
    JsonNode kill = SeedLikeEvents.all().get(0);
    String report = TextReport.render(List.of(kill, kill));
    assertThat(report).contains("\n\nOOM KILL: a.out");
    assertThat(report).endsWith("\n\n2 kills, 0 signals\n");
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
            + "{\"anon\":524288,\"file\":262144,\"shmem\":131072,\"pgfault\":1048576}}}}";
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
