package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No link leads nowhere, and every page is found from the README. */
class DocLinksTest {

  private static final Path ROOT = DocPage.ROOT.toAbsolutePath().normalize();
  private static final Pattern MENTION = Pattern.compile("\\bdocs/[\\w./-]+\\.md(?:#[\\w-]+)?");
  private static final Set<String> BUILT = Set.of("target", ".git", ".idea", "node_modules");

  @Test
  void everyLinkOfEveryPageLeadsToAFileAndAHeading() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> pages = files(".md");
    for (Path page : pages) {
      found.addAll(MarkdownLinks.violations(page));
    }
    assertThat(pages).hasSizeGreaterThan(30);
    assertThat(found).isEmpty();
  }

  @Test
  void pagesThatCodeAndManifestsNameAreThere() throws IOException {
    List<String> found = new ArrayList<>();
    int mentions = 0;
    for (Path file : files(".java", ".yaml", ".properties", ".conf", ".alloy", ".md")) {
      Matcher mention = MENTION.matcher(Files.readString(file));
      while (mention.find()) {
        mentions++;
        found.addAll(MarkdownLinks.violations(ROOT.resolve("README.md"), mention.group()));
      }
    }
    assertThat(mentions).isGreaterThan(30);
    assertThat(found).isEmpty();
  }

  @Test
  void everyPageUnderDocsIsReachedFromTheReadme() throws IOException {
    Set<Path> reached = new HashSet<>();
    Deque<Path> open = new ArrayDeque<>(List.of(ROOT.resolve("README.md")));
    while (!open.isEmpty()) {
      Path page = open.poll();
      if (!page.toString().endsWith(".md") || !reached.add(page)) {
        continue;
      }
      for (String target : MarkdownLinks.of(Files.readString(page)).targets()) {
        if (!target.matches("[a-z]+:.*") && Files.exists(MarkdownLinks.file(page, target))) {
          open.add(MarkdownLinks.file(page, target));
        }
      }
    }
    assertThat(reached)
        .containsAll(
            files(".md").stream().filter(p -> p.startsWith(ROOT.resolve("docs"))).toList());
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.size(ROOT.resolve("README.md"))).isLessThanOrEqualTo(8192);
  }

  @Test
  void brokenLinksAreFound(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("other.md"),
        "# One `code` heading, with (marks)\n## Twice\n## Twice\n```sh\n# no heading\n```\n");
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        String.join(
            "\n",
            "[right](other.md) [right](other.md#twice-1) [`right`](#here) [web](https://a.b/c)",
            "[right](other.md#one-code-heading-with-marks) `[code](nowhere.md)`",
            "# Here",
            "```text",
            "[code](nowhere.md)",
            "```",
            "[file](nowhere.md) [heading](other.md#thrice) [heading](other.md#no-heading)",
            "[`own`](#there) | [`code`](gone.md) `code` [`more`](also-gone.md)"));
    assertThat(MarkdownLinks.violations(page))
        .extracting(v -> v.substring(v.indexOf(": ") + 2))
        .containsExactly(
            "no file nowhere.md",
            "no heading other.md#thrice",
            "no heading other.md#no-heading",
            "no heading #there",
            "no file gone.md",
            "no file also-gone.md");
  }

  private static List<Path> files(String... endings) throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .filter(DocLinksTest::isSource)
          .sorted()
          .toList();
    }
  }

  private static boolean isSource(Path file) {
    for (Path part : ROOT.relativize(file)) {
      if (BUILT.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
