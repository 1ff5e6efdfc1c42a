package io.oomstream.cli.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oomstream.diagnosis.context.Language;
import io.oomstream.event.section.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagePartsTest {

  private final Map<String, String> english = PageWords.in(Language.EN).texts();
  private final Map<String, String> chinese = PageWords.in(Language.ZH).texts();

  @Test
  void bothLanguagesHaveTheSameWordsAndFigures() {
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    english.forEach(
        (key, text) ->
            assertThat(figures(chinese.getOrDefault(key, ""))).as(key).isEqualTo(figures(text)));
  }

  private static TreeSet<String> figures(String text) {
    TreeSet<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{[a-z]+}").matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  @Test
  void everyCauseHasATitle() {
    for (Cause.Kind kind : Cause.Kind.values()) {
      assertThat(english.keySet())
          .as("titles in page/en.properties and page/zh.properties")
          .contains("cause." + kind);
    }
  }

  @Test
  void everyWordIsUsedAndEveryUseHasAWord() throws IOException {
    Path cli = Path.of("src", "main", "java", "io", "oomstream", "cli");
    StringBuilder code = new StringBuilder();
    for (String name : List.of("html", "serve")) {
      try (Stream<Path> files = Files.list(cli.resolve(name))) {
        for (Path file : files.toList()) {
          code.append(Files.readString(file));
        }
      }
    }
    Matcher use = Pattern.compile("words\\s*\\.text\\(\\s*\"([a-z.-]+[a-z])\"").matcher(code);
    TreeSet<String> used = new TreeSet<>();
    while (use.find()) {
      used.add(use.group(1));
    }
    assertThat(used).hasSizeGreaterThan(30);
    assertThat(english.keySet()).containsAll(used);
    for (String key : english.keySet()) {
      boolean madeUp =
          Stream.of("cause.", "col.", "about.", "group.used.").anyMatch(key::startsWith)
              || key.endsWith(".one");
      assertThat(madeUp || code.indexOf("\"" + key + "\"") >= 0).as(key).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "worker-12, worker",
    "kworker/3:1, kworker",
    "java, java",
    "x86, x",
    "12345, 12345",
    "sd-pam), sd-pam)",
    "a--, a--",
    "php-fpm7.4, php-fpm"
  })
  void numbersAtTheEndMakeNoFamilyOfTheirOwn(String comm, String family) {
    assertThat(TaskFamilies.nameOf(comm)).isEqualTo(family);
  }

  @Test
  void theMapIsFilledByAreasOfTheirSize() {
    List<Double> values = List.of(66.6, 30.0, 1.9, 1.1, 0.3, 0.1);
    List<TreeMapLayout.Tile> tiles = TreeMapLayout.of(values, 3.2);
    assertThat(tiles).hasSize(values.size());
    for (TreeMapLayout.Tile tile : tiles) {
      assertThat(tile.width() * tile.height() / 100)
          .isCloseTo(values.get(tile.index()), within(0.01));
      assertThat(tile.x()).isBetween(-0.01, 100.01);
      assertThat(tile.x() + tile.width()).isLessThanOrEqualTo(100.01);
      assertThat(tile.y() + tile.height()).isLessThanOrEqualTo(100.01);
      for (TreeMapLayout.Tile other : tiles) {
        boolean apart =
            tile == other
                || tile.x() + tile.width() <= other.x() + 1e-6
                || other.x() + other.width() <= tile.x() + 1e-6
                || tile.y() + tile.height() <= other.y() + 1e-6
                || other.y() + other.height() <= tile.y() + 1e-6;
        assertThat(apart).isTrue();
      }
    }
    assertThat(TreeMapLayout.of(List.of(), 3.2)).isEmpty();
    assertThat(TreeMapLayout.of(List.of(0.0), 3.2)).isEmpty();
  }
}
