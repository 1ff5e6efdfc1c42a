package io.oomstream.cli.input.paste;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Texts that nobody pasted on purpose: they come out, whatever they are. */
class CleanTextTest {

  @Test
  void aBackspaceTakesBackTheCharacterBeforeIt() throws IOException {
    assertThat(clean("a\b\b\bMem-Infoo\b:")).isEqualTo("Mem-Info:\n");
  }

  /** Half a million of each: every one would cost a copy of the line. */
  @Test
  void backspacesWithoutEnd() throws IOException {
    assertThat(clean("a".repeat(500_000) + "\b".repeat(500_000) + "x")).isEqualTo("x\n");
  }

  /** No expression is made of what is too long to be a tool's mark. */
  @Test
  void aLongTextBeforeTheKernelsLinesIsNoFrame() throws IOException {
    String before = "a1 .".repeat(20_000);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2; i++) {
      for (String line : new String[] {"Mem-Info:", "lowmem_reserve[]: 0 0", "Call Trace:"}) {
        text.append(before).append(line).append('\n');
      }
    }
    assertThat(clean(text.toString())).isEqualTo(text.toString());
  }

  @Test
  void linesThatAllGoOnAreOneLine() throws IOException {
    String text = String.join("\n", Collections.nCopies(15_000, "0123456789\\"));
    assertThat(clean(text)).isEqualTo("0123456789".repeat(15_000) + "\n");
  }

  private static String clean(String text) throws IOException {
    try (CleanText clean =
        new CleanText(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))) {
      return new String(clean.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
