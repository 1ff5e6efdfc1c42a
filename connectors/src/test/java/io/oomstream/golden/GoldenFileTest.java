package io.oomstream.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFileTest {

  @TempDir private Path folder;

  @BeforeEach
  void comparesOnly() {
    Assumptions.assumeFalse(GoldenFile.isWriting());
  }

  @Test
  void aStaleFileIsShownByTheLinesThatDiffer() throws Exception {
    Path file = folder.resolve("page.md");
    Files.writeString(file, "one\ntwo\nthree\nfour\n");
    new GoldenFile(file).mustBe("one\ntwo\nthree\nfour\n");
    assertThatThrownBy(() -> new GoldenFile(file).mustBe("one\n2\n2b\nthree\nfour\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("page.md is stale")
        .hasMessageContaining("-Doomstream.write-golden=true")
        .hasMessageEndingWith("From line 2 on:\n-two\n+2\n+2b");
  }

  @Test
  void aFileThatIsNotThereIsStale() {
    GoldenFile golden = new GoldenFile(folder.resolve("none.md"));
    assertThatThrownBy(() -> golden.mustBe("one\n")).hasMessageEndingWith("From line 1 on:\n+one");
    assertThatThrownBy(() -> golden.mustBe(new byte[] {1})).hasMessageContaining("is stale");
  }

  @Test
  void whatStandsBetweenMarksIsCompared() throws Exception {
    Path file = folder.resolve("page.md");
    Files.writeString(file, "head\n<a>\nold\n</a>\ntail\n");
    GoldenFile golden = new GoldenFile(file);
    golden.mustHold("<a>\n", "</a>", "old\n");
    assertThatThrownBy(() -> golden.mustHold("<a>\n", "</a>", "new\n"))
        .hasMessageEndingWith("From line 3 on:\n-old\n+new");
    assertThatThrownBy(() -> golden.mustHold("<b>", "</b>", "")).hasMessageContaining("<b>");
  }

  @Test
  void differencesOfEveryKindAreNamed() {
    assertThat(GoldenFile.difference("a\n", "a\nb\n")).isEqualTo("From line 2 on:\n+b");
    assertThat(GoldenFile.difference("a\na\n", "a\n")).isEqualTo("From line 2 on:\n-a");
    assertThat(GoldenFile.difference("a\n", "a")).isEqualTo("They differ in how lines end.");
    assertThat(GoldenFile.difference("", "x\n".repeat(12)).lines().toList())
        .hasSize(12)
        .endsWith("+… 2 more lines");
  }
}
