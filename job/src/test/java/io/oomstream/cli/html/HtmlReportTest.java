package io.oomstream.cli.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.oomstream.cli.SeedLikeEvents;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HtmlReportTest {

  private static final String HOSTILE =
      "</td></script><script>alert('1')</script><!--&\"\u2028\u202e";

  /** A block event with the kill's sections, these lines and so many tasks. */
  static ObjectNode block(JsonNode kill, int tasks, List<String> lines) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("type", OutgoingEvent.Type.BLOCK.ceType());
    event.put("id", "block");
    ObjectNode data = event.putObject("data");
    data.put("schemaVersion", "1.0").put("eventId", "block").put("kind", "OOM");
    for (String section :
        List.of("host", "time", "scope", "memory", "callTrace", "cause", "block", "provenance")) {
      if (kill.at("/data/" + section).isMissingNode()) {
        continue;
      }
      data.set(section, kill.at("/data/" + section).deepCopy());
    }
    ObjectNode table = data.putObject("tasks");
    table.put("count", tasks);
    ArrayNode rows = table.putArray("rows");
    for (int i = 0; i < tasks; i++) {
      rows.addObject()
          .put("pid", 5071 + i)
          .put("tgid", 5071 + i)
          .put("uid", 0)
          .put("comm", "worker-" + i)
          .put("oomScoreAdj", 0)
          .put("rssBytes", (tasks - i) * 4096L);
    }
    table.putArray("byComm");
    table.put("names", tasks);
    table.putObject("totals").put("rssBytes", 1).put("swapBytes", 0).put("pageTableBytes", 0);
    ArrayNode kills = data.putArray("kills");
    kills.add(5071);
    data.putArray("selfChecks");
    ArrayNode texts = data.putArray("lines");
    lines.forEach(texts::add);
    return event;
  }

  private static JsonNode kill() {
    return SeedLikeEvents.all().get(0);
  }

  @Test
  void theAnswerIsFirst() {
    String page = HtmlReport.render(SeedLikeEvents.all());
    HtmlCheck.check(page);
    assertThat(page).containsOnlyOnce("<article");
    assertThat(page)
        .containsSubsequence(
            "<h2>Page tables filled the memory</h2>",
            "PAGE_TABLE_BLOAT",
            "<dd>a.out (pid 5071), 9.4 GiB in RAM</dd>",
            "<dd>the whole machine&#39;s memory (",
            "<dd>orb</dd>",
            "<h3>Why</h3>",
            "<h3>Memory</h3>",
            "Where 31.3 GiB went",
            "page tables <b>66.6 %</b> 20.8 GiB",
            "<tr class=\"loud\"><td class=\"n\">5071</td><td>a.out <mark>killed</mark></td>",
            "<td>PAGE_TABLE_BLOAT</td>");
  }

  @Test
  void reasonsAndStepsAreLists() {
    ObjectNode kill = (ObjectNode) kill().deepCopy();
    ObjectNode cause = (ObjectNode) kill.at("/data/cause");
    cause.putArray("why").add("One reason.").add("Another.");
    cause.putArray("advice").add("Do this.").add("Then that.");
    assertThat(HtmlReport.render(List.of(kill)))
        .containsSubsequence(
            "<dt>First step</dt><dd>Do this.</dd>",
            "<li>One reason.</li>\n<li>Another.</li>",
            "<ol>\n<li>Do this.</li>\n<li>Then that.</li>");
  }

  @Test
  void figuresAreForPeople() {
    List<JsonNode> events = SeedLikeEvents.all();
    ((ObjectNode) events.get(1).at("/data"))
        .put("measured", 0.6659683678180875)
        .put("threshold", 0.2)
        .put("unit", "share_of_managed_memory");
    assertThat(HtmlReport.render(events).replaceAll("(?s)<script.*?</script>", ""))
        .doesNotContainPattern("\\d\\.\\d{4,}")
        .contains("66.6 % of managed memory (threshold 20.0 % of managed memory)");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void nothingIsLoadedAndNothingElseRuns(Language language) {
    String page = HtmlReport.render(SeedLikeEvents.all(), PageWords.in(language));
    HtmlCheck.check(page);
    assertThat(page)
        .contains("content=\"default-src &#39;none&#39;; base-uri &#39;none&#39;; script-src")
        .doesNotContain("http://", "https://", "@import", "url(", "unsafe-");
    assertThat(page).contains("<html lang=\"" + (language == Language.ZH ? "zh" : "en") + "\">");
  }

  @Test
  void noTextOfAnEventBecomesMarkup() {
    List<JsonNode> hostile = new ArrayList<>();
    hostile.addAll(SeedLikeEvents.all());
    hostile.add(block(kill(), 40, List.of("a", "b")));
    hostile.add(kill().deepCopy());
    ((ObjectNode) Objects.requireNonNull(hostile.get(hostile.size() - 1).at("/data/block")))
        .put("id", "another");
    for (JsonNode event : hostile) {
      String type = event.path("type").asText();
      poison(event);
      ((ObjectNode) event).put("type", type);
    }
    String page = HtmlReport.render(hostile);
    HtmlCheck.check(page);
    assertThat(page).doesNotContain("<script>alert", "\u2028", "\u202e", "<!--");
    assertThat(page).contains("&lt;/td&gt;&lt;/script&gt;&lt;script&gt;alert(&#39;1&#39;)");
    assertThat(page.split("<script>", -1)).as("the page's own script only").hasSize(2);
  }

  /** Puts the hostile text in the place of every text, and among the names of the shares. */
  private static void poison(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = Objects.requireNonNull(object.get(name));
        if (value.isTextual()) {
          object.put(name, HOSTILE);
        } else {
          poison(value);
        }
        if (value instanceof ObjectNode shares && name.equals("shares")) {
          shares.put(HOSTILE, 1L << 34);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (Objects.requireNonNull(array.get(i)).isTextual()) {
          array.set(i, TextNode.valueOf(HOSTILE));
        } else {
          poison(array.get(i));
        }
      }
    }
  }

  @Test
  void jsonInTheScriptCanNotEndIt() {
    JsonNode json = JsonNodeFactory.instance.arrayNode().add(HOSTILE);
    String text = ScriptJson.of(json);
    assertThat(text).doesNotContain("<", ">", "&", "\u2028");
    assertThat(EventJson.parse(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(json);
  }

  @Test
  void whatIsAbsentIsLeftOut() {
    for (JsonNode event : SeedLikeEvents.all()) {
      for (JsonNode less : SeedLikeEvents.withOneFieldLess(event)) {
        String page = HtmlReport.render(List.of(less));
        assertThat(page.replaceAll("(?s)<script.*?</script>", ""))
            .as(less.toString())
            .doesNotContainPattern("\\bnull\\b");
        HtmlCheck.check(page);
      }
    }
  }

  @Test
  void aBlockWithAnyFieldLessIsStillAPage() {
    ObjectNode block = block(kill(), 3, List.of("Mem-Info:", "free:1"));
    for (JsonNode less : SeedLikeEvents.withOneFieldLess(block)) {
      HtmlCheck.check(HtmlReport.render(List.of(kill(), less)));
    }
  }

  @Test
  void anEmptyRunSaysSo() {
    String page = HtmlReport.render(List.of());
    HtmlCheck.check(page);
    assertThat(page)
        .contains(PageWords.in(Language.EN).messages().text("report.nothing"))
        .doesNotContain("0 kills");
  }

  @Test
  void evidenceLeadsToItsLineAndWordsAreExplained() {
    ObjectNode kill = (ObjectNode) kill().deepCopy();
    JsonNode evidence = kill.at("/data/cause/evidence/0");
    String line = evidence.path("line").asText();
    assertThat(line).isNotBlank();
    ObjectNode block =
        block(kill, 2, List.of("Mem-Info:", line, "Normal free:1kB min:2kB", "[  12] 0 min"));
    SchemaAssert.assertValid(OutgoingEvent.Type.BLOCK, EventJson.toBytes(block.get("data")));
    String page = HtmlReport.render(List.of(kill, block));
    HtmlCheck.check(page);
    assertThat(page)
        .contains("<a href=\"#k1-l2\">line 2</a>")
        .contains("<span id=\"k1-l2\" data-w=\"1-7 12-17 20-30\"><i>2</i>" + line)
        .contains("<span class=\"r\" id=\"k1-l4\">")
        .contains("<dt id=\"g-min\"><code>min</code></dt>", "mm/page_alloc.c");
  }

  @Test
  void aRecordOfSeveralLinesIsShownAsLines() {
    String page = HtmlReport.render(List.of(kill(), block(kill(), 1, List.of("anon 1\nfile 2"))));
    HtmlCheck.check(page);
    assertThat(page).contains("<i>1</i>anon 1\nfile 2\n</span>");
  }

  @Test
  void killsOfOneReportAreOneIncident() {
    JsonNode other = kill().deepCopy();
    ((ObjectNode) other.at("/data/victim")).put("pid", 5072).put("comm", "b.out");
    String page = HtmlReport.render(List.of(kill(), other));
    assertThat(page).containsOnlyOnce("<article");
    assertThat(page).contains("a.out (pid 5071), 9.4 GiB in RAM; b.out (pid 5072)");
  }

  @Test
  void severalReportsHaveAnIndexATimelineAndAChart() {
    List<JsonNode> events = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ObjectNode kill = (ObjectNode) kill().deepCopy();
      ((ObjectNode) kill.get("data")).put("time", "2024-08-11T2" + i + ":21:28Z");
      ((ObjectNode) kill.at("/data/block")).put("id", "block " + i);
      ((ObjectNode) kill.at("/data/memory/accounting/shares")).put("pageTables", i * 5L << 30);
      events.add(kill);
    }
    String page = HtmlReport.render(events);
    HtmlCheck.check(page);
    assertThat(page.split("<article", -1)).hasSize(5);
    assertThat(page.split("<circle", -1)).hasSize(5);
    assertThat(page.split("<path class=\"l", -1).length).isGreaterThan(2);
    assertThat(page)
        .contains("<h2>Memory from kill to kill</h2>", "page tables <b>0.0 % → 47.9 %</b>")
        .contains("<tr data-host=\"orb\"", "<a href=\"#k4\">4</a>")
        .contains("<a href=\"#k1\">a.out: 4 kills</a>", "<td><b>Page tables filled the memory</b>")
        .contains("The same for all:", "<span>Host: orb</span>")
        .doesNotContain("<th scope=\"col\">Host</th></tr></thead><tbody>\n<tr data");
    assertThat(HtmlReport.render(List.of(kill(), kill(), kill()))).doesNotContain("<path");
  }

  /** A band from its first kill to its last, and one row for all its signals. */
  @Test
  void anEpisodeIsABandOnTheTimelineAndOneRow() {
    List<JsonNode> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ObjectNode kill = (ObjectNode) kill().deepCopy();
      ((ObjectNode) kill.get("data")).put("time", "2024-08-11T20:2" + i + ":00Z");
      ((ObjectNode) kill.at("/data/block")).put("id", "block " + i);
      events.add(kill);
    }
    for (int i = 0; i < 2; i++) {
      ObjectNode signal = signal(SeedLikeEvents.all());
      ObjectNode data = (ObjectNode) signal.get("data");
      data.put("kind", "OOM_STORM").put("summary", "the whole of it, " + i);
      data.putObject("episode").put("id", "episode 1").put("updates", i);
      data.putObject("window")
          .put("start", "2024-08-11T20:20:00Z")
          .put("end", "2024-08-11T20:21:00Z");
      events.add(signal);
    }
    String page = HtmlReport.render(events);
    HtmlCheck.check(page);
    assertThat(page)
        .contains("<rect class=\"band\" x=\"1.00%\" y=\"4\" width=\"49.00%\"")
        .contains("<title>OOM_STORM: the whole of it, 1</title>", "last of 2 signals")
        .contains("Shown are 1 of 2 signals")
        .doesNotContain("the whole of it, 0");
  }

  private static ObjectNode signal(List<JsonNode> events) {
    JsonNode signal =
        events.stream()
            .filter(e -> e.path("type").asText().equals("io.oomstream.signal.v1"))
            .findFirst()
            .orElseThrow();
    return signal.deepCopy();
  }

  @Test
  void aRecordOfSeveralLinesIsEvidenceInOneLine() {
    ObjectNode kill = (ObjectNode) kill().deepCopy();
    ((ObjectNode) kill.at("/data/cause/evidence/0")).put("line", "anon 1\nfile 2\n");
    String page = HtmlReport.render(List.of(kill, block(kill, 1, List.of("anon 1\nfile 2\n"))));
    assertThat(page).contains("<code class=\"cut\">anon 1  file 2</code>");
  }

  /** Kernels of 2022 do not say what kind of memory a task has. */
  @Test
  void aColumnThatNoTaskHasIsLeftOut() {
    ObjectNode block = block(kill(), 3, List.of("Mem-Info:"));
    block.at("/data/tasks/rows").forEach(row -> ((ObjectNode) row).remove("fileRssBytes"));
    String page = HtmlReport.render(List.of(kill(), block));
    HtmlCheck.check(page);
    assertThat(page).doesNotContain(">File</th>").contains(">uid</th>", ">In RAM</th>");
  }

  @Test
  void aFailedAllocationHasACard() {
    ObjectNode block = block(kill(), 1, List.of("x: page allocation failure: order:4"));
    ((ObjectNode) block.get("data"))
        .put("failure", "page allocation failure")
        .remove(List.of("kills", "cause"));
    ObjectNode signal = (ObjectNode) SeedLikeEvents.all().get(1).deepCopy();
    ((ObjectNode) signal.get("data")).put("summary", "It was too big.");
    ((ObjectNode) signal.get("data")).set("block", block.at("/data/block"));
    String page = HtmlReport.render(List.of(block, signal));
    HtmlCheck.check(page);
    assertThat(page).contains("<ul>\n<li>It was too big.</li>");
    assertThat(page).contains("<h2>Failed allocation</h2>").doesNotContain("<dt>Killed</dt>");
  }

  @Test
  void fiveThousandTasksAreAFewRowsUntilTheScriptDrawsThem() {
    String page = HtmlReport.render(List.of(kill(), block(kill(), 5000, List.of("Mem-Info:"))));
    HtmlCheck.check(page);
    assertThat(page.split("<tr", -1).length).isLessThan(100);
    assertThat(page).contains("30 of 5000 tasks are shown here", "[10070,\"worker-4999\",4096,");
    // Numbered names are one family.
    assertThat(page).contains("<tr><td>worker</td><td class=\"n\" data-v=\"5000\">5000</td>");
  }
}
