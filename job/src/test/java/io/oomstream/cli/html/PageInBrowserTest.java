package io.oomstream.cli.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.cli.SeedLikeEvents;
import io.oomstream.event.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in Chromium, with a script of the test's behind the page's own: it uses the page and
 * writes down what it sees. Skipped where there is no {@code chromium} on the PATH.
 */
class PageInBrowserTest {

  /** Of the page as it is: what the browser blocks, asks the network for, or complains about. */
  private static final String START =
      """
      const seen = {blocked: [], errors: []};
      document.addEventListener('securitypolicyviolation', e => seen.blocked.push(e.blockedURI));
      window.addEventListener('error', e => seen.errors.push(e.message));
      const done = () => {
        seen.requests = performance.getEntriesByType('resource').length;
        const out = document.createElement('pre');
        out.id = 'seen';
        out.textContent = JSON.stringify(seen);
        document.body.append(out);
      };
      const names = () => [...document.querySelectorAll('.tasktable tbody tr')]
          .map(row => row.cells[1].firstChild.textContent);
      const type = (input, text) => {
        input.value = text;
        input.dispatchEvent(new Event('input'));
      };
      """;

  @TempDir private Path folder;

  private static String chromium = "";

  @BeforeAll
  static void findChromium() {
    String path = System.getenv("PATH");
    for (String directory : path == null ? new String[0] : path.split(":", -1)) {
      Path program = Path.of(directory.isEmpty() ? "." : directory, "chromium");
      if (chromium.isEmpty() && Files.isExecutable(program)) {
        chromium = program.toString();
      }
    }
  }

  private JsonNode inBrowser(String page, String script) throws Exception {
    return inBrowser(page, script, 1280);
  }

  private JsonNode inBrowser(String page, String script, int width) throws Exception {
    assumeTrue(!chromium.isEmpty(), "no chromium on the PATH");
    String test = START + script;
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(test.getBytes(StandardCharsets.UTF_8));
    String hash = "&#39;sha256-" + Base64.getEncoder().encodeToString(digest) + "&#39;";
    // The page's script comes first, so what it does while it loads is seen by its effects.
    String tested =
        page.replace("script-src ", "script-src " + hash + " ")
            .replace("</body>", "<script>" + test + "</script></body>");
    Path file = Files.writeString(folder.resolve("page.html"), tested);
    List<String> command =
        new ArrayList<>(
            List.of(
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--window-size=" + width + ",900",
                "--virtual-time-budget=10000",
                "--dump-dom",
                file.toUri().toString()));
    Path out = folder.resolve("dom.html");
    Path err = folder.resolve("console.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("chromium ends").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(lines(err)).noneMatch(line -> line.contains("CONSOLE"));
    String dom = Files.readString(out);
    String mark = "<pre id=\"seen\">";
    assertThat(dom).as(String.join("\n", lines(err))).contains(mark);
    int start = dom.indexOf(mark) + mark.length();
    String json = dom.substring(start, dom.indexOf("</pre>", start));
    JsonNode seen =
        EventJson.parse(
            json.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(seen.path("blocked")).isEmpty();
    assertThat(seen.path("errors")).isEmpty();
    assertThat(seen.path("requests").asInt(-1)).isZero();
    return seen;
  }

  private static List<String> lines(Path file) throws IOException {
    return Arrays.asList(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1));
  }

  private static JsonNode kill() {
    return SeedLikeEvents.all().get(0);
  }

  @Test
  void sortsFiltersLinksAndExplains() throws Exception {
    String line = kill().at("/data/cause/evidence/0/line").asText();
    ObjectNode block =
        HtmlReportTest.block(
            kill(), 1500, List.of("Mem-Info:", line, "Normal free:1kB min:2kB", "[  7] 0 min"));
    String page = HtmlReport.render(List.of(kill(), block));
    JsonNode seen =
        inBrowser(
            page,
            """
            const heads = [...document.querySelectorAll('.tasktable th')];
            const tools = document.querySelector('.tasks .tools');
            seen.first = names().length;
            seen.plain = document.querySelector('.plain').hidden;
            heads[0].querySelector('button').click();
            seen.sorted = names()[0];
            seen.direction = heads[0].getAttribute('aria-sort');
            heads[0].querySelector('button').click();
            seen.back = names()[0];
            document.querySelector('button.more').click();
            seen.all = names().length;
            type(tools.querySelector('input'), 'WORKER-149');
            seen.filtered = names();
            seen.count = tools.querySelector('output').textContent;
            type(tools.querySelector('input'), '');
            seen.victim = document.querySelector('.tasktable tr.loud').cells[0].textContent;
            seen.rawWas = document.querySelector('.raw').open;
            document.querySelector('.evidence a').click();
            setTimeout(() => {
              seen.raw = document.querySelector('.raw').open;
              seen.target = location.hash;
              const word = [...document.querySelectorAll('.raw a.t')]
                  .find(a => a.textContent === 'min');
              seen.rows = document.querySelectorAll('.raw .r a').length;
              word.focus();
              const tip = document.querySelector('#tip');
              seen.tip = tip.hidden ? '' : tip.textContent;
              document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));
              seen.tipAfter = tip.hidden;
              done();
            }, 500);
            """);
    assertThat(seen.path("first").asInt()).isEqualTo(200);
    assertThat(seen.path("plain").asBoolean()).isTrue();
    assertThat(seen.path("sorted").asText()).isEqualTo("worker-1499");
    assertThat(seen.path("direction").asText()).isEqualTo("descending");
    assertThat(seen.path("back").asText()).isEqualTo("worker-0");
    assertThat(seen.path("all").asInt()).isEqualTo(1500);
    assertThat(seen.path("filtered")).hasSize(11);
    assertThat(seen.path("count").asText()).isEqualTo("11 / 1500");
    assertThat(seen.path("victim").asText()).isEqualTo("5071");
    assertThat(seen.path("rawWas").asBoolean(true)).isFalse();
    assertThat(seen.path("raw").asBoolean()).isTrue();
    assertThat(seen.path("target").asText()).isEqualTo("#k1-l2");
    assertThat(seen.path("rows").asInt(-1)).isZero();
    assertThat(seen.path("tip").asText()).contains("Watermark", "mm/page_alloc.c");
    assertThat(seen.path("tipAfter").asBoolean()).isTrue();
  }

  @Test
  void manyKillsAreFilteredAndOpenWhereALinkLeads() throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ObjectNode kill = (ObjectNode) kill().deepCopy();
      ((ObjectNode) kill.at("/data/block")).put("id", "block " + i);
      ((ObjectNode) kill.at("/data/host")).put("name", "</script><b>host " + i % 2);
      ((ObjectNode) kill.get("data"))
          .put("time", String.format("2024-08-11T20:%02d:%02dZ", i / 60, i % 60));
      events.add(kill);
    }
    JsonNode seen =
        inBrowser(
            HtmlReport.render(events),
            """
            const shown = selector => [...document.querySelectorAll(selector)]
                .filter(e => !e.hidden).length;
            const select = document.querySelector('select[data-by=host]');
            seen.hosts = [...select.options].map(o => o.value);
            select.value = seen.hosts[1];
            select.dispatchEvent(new Event('change'));
            seen.rows = shown('#kills tbody tr');
            seen.cards = shown('article');
            seen.bold = document.querySelectorAll('b').length
                - document.querySelectorAll('.legend b, .marks b, .evidence b, .kinds b').length;
            document.querySelector('#kills a[href="#k199"]').click();
            setTimeout(() => {
              seen.open = document.querySelector('#k199 > details').open;
              seen.tasks = document.querySelectorAll('#k199 .tasktable th button').length;
              seen.untouched = document.querySelectorAll('#k150 .tasktable th button').length;
              done();
            }, 500);
            """);
    assertThat(seen.path("hosts")).hasSize(3);
    assertThat(seen.path("rows").asInt()).isEqualTo(100);
    assertThat(seen.path("cards").asInt()).isEqualTo(100);
    assertThat(seen.path("bold").asInt(-1)).isZero();
    assertThat(seen.path("open").asBoolean()).isTrue();
    assertThat(seen.path("tasks").asInt()).isPositive();
    assertThat(seen.path("untouched").asInt(-1)).isZero();
  }

  /** A phone has no sideways scrolling of the page, only of its tables. */
  @Test
  void fitsAPhone() throws Exception {
    ObjectNode block =
        HtmlReportTest.block(kill(), 3, List.of("Mem-Info:", "x".repeat(400), "y ".repeat(300)));
    JsonNode seen =
        inBrowser(
            HtmlReport.render(List.of(kill(), block)),
            """
            document.querySelectorAll('details').forEach(d => { d.open = true; });
            document.querySelector('main').style.width = '360px';
            setTimeout(() => {
              const main = document.querySelector('main');
              seen.wide = [...main.querySelectorAll('*')]
                  .filter(e => !e.closest('.scroll') && !e.closest('svg'))
                  .filter(e => e.getBoundingClientRect().right
                      > main.getBoundingClientRect().right + 1)
                  .map(e => e.tagName + '.' + e.className);
              done();
            }, 500);
            """,
            500);
    assertThat(seen.path("wide")).isEmpty();
  }
}
