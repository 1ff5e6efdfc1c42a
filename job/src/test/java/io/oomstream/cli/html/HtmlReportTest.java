package io.oomstream.cli.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.oomstream.cli.SeedLikeEvents;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  private static final String HOSTILE = "</td><script>alert('1')</script>&\"";

  @Test
  void onePageWithACardABarAndTables() {
    String page = HtmlReport.render(SeedLikeEvents.all());
    assertThat(page).startsWith("<!doctype html>").endsWith("</html>\n");
    assertThat(page).containsOnlyOnce("<article>");
    assertThat(page).contains("a.out (pid 5071, uid 0) killed on orb at 2024-08-11T20:21:28Z");
    assertThat(page).contains("<i class=\"c0\" style=\"width:66.60%\"></i>");
    assertThat(page).contains("page tables 66.6 % (20.8 GiB)");
    assertThat(page).contains("<tr class=\"victim\"><td>5071</td><td>9.4 GiB</td>");
    assertThat(page).contains("<details><summary>Call trace</summary>\n<pre>dump_backtrace\n");
    assertThat(page).contains("<td>PAGE_TABLE_BLOAT</td>");
    assertThat(page).doesNotContain("<script", "http://", "https://", "src=", "@import");
  }

  @Test
  void noTextOfAnEventBecomesMarkup() {
    List<JsonNode> hostile = new ArrayList<>();
    for (JsonNode event : SeedLikeEvents.all()) {
      poison(event.get("data"));
      ((ObjectNode) event).put("id", HOSTILE);
      hostile.add(event);
    }
    String page = HtmlReport.render(hostile);
    assertThat(page).doesNotContain("<script", "alert('1')");
    assertThat(page)
        .contains("<td>&lt;/td&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;</td>");
  }

  /** Puts the hostile text in the place of every text, and among the names of the shares. */
  private static void poison(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (object.get(name).isTextual()) {
          object.put(name, HOSTILE);
        } else {
          poison(object.get(name));
        }
        if (name.equals("shares")) {
          ((ObjectNode) object.get(name)).put(HOSTILE, 1L << 34);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          array.set(i, TextNode.valueOf(HOSTILE));
        } else {
          poison(array.get(i));
        }
      }
    }
  }

  @Test
  void whatIsAbsentIsLeftOut() {
    for (JsonNode event : SeedLikeEvents.all()) {
      for (JsonNode less : SeedLikeEvents.withOneFieldLess(event)) {
        assertThat(HtmlReport.render(List.of(less))).as(less.toString()).doesNotContain("null");
      }
    }
  }

  @Test
  void anEmptyRunSaysSo() {
    assertThat(HtmlReport.render(List.of()))
        .contains("<p>" + Messages.in(Language.EN).text("report.nothing") + "</p>");
  }
}
