package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of versions says of each what is pinned, and leaves none out. */
class VersionsTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\S+) \\| ([^|]*) \\| ?([^|]*)\\|$");
  private static final Pattern PROPERTY =
      Pattern.compile("<([a-z][a-z0-9.]*\\.version)>([^<$]+)</\\1>");
  private static final Pattern IMAGE =
      Pattern.compile("(?m)^\\s*(?:- )?(?:image: |FROM )([\\w./-]+):([\\w.-]+)");

  /** Built from this repository. */
  private static final Set<String> OWN =
      Set.of("oomstream", "otel-collector", "snapshot-collector", "workload-collector");

  private static List<MatchResult> rows() throws IOException {
    return ROW.matcher(Files.readString(DocPage.ROOT.resolve("docs/operate/versions.md")))
        .results()
        .toList();
  }

  @Test
  void whatThePageCallsPinnedIs() throws IOException {
    Map<String, String> page = new TreeMap<>();
    for (MatchResult row : rows()) {
      assertThat(page.put(row.group(1), row.group(2))).as("two rows of %s", row.group(1)).isNull();
    }
    Map<String, String> pinned = new TreeMap<>();
    PROPERTY
        .matcher(Files.readString(DocPage.ROOT.resolve("pom.xml")))
        .results()
        .forEach(p -> pinned.put(p.group(1), p.group(2)));
    try (Stream<Path> files = Files.walk(DocPage.ROOT.resolve("deploy"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (MatchResult image : IMAGE.matcher(Files.readString(file)).results().toList()) {
          if (!OWN.contains(image.group(1))) {
            String other = pinned.put(image.group(1), image.group(2));
            assertThat(other).as("one tag of %s", image.group(1)).isIn(null, image.group(2));
          }
        }
      }
    }
    assertThat(page).isEqualTo(pinned).hasSizeGreaterThan(20);
  }

  @Test
  void whatIsNotTheNewestHasItsReason() throws IOException {
    for (MatchResult row : rows()) {
      boolean newest = row.group(2).equals(row.group(3).strip());
      assertThat(newest || !row.group(4).isBlank())
          .as("%s is %s and not %s", row.group(1), row.group(2), row.group(3))
          .isTrue();
    }
  }
}
