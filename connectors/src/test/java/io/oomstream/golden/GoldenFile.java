package io.oomstream.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file in the source tree that a test makes from the code. The test fails on a stale file and
 * shows the lines that differ. With {@code -Doomstream.write-golden=true} it writes the file.
 */
public record GoldenFile(Path file) {

  /** More lines of a difference are not shown: {@code git diff} is better at that. */
  private static final int SHOWN = 10;

  /** Whether golden files are to be written, not compared. */
  public static boolean isWriting() {
    return Boolean.getBoolean("oomstream.write-golden");
  }

  /** The whole file is this text. */
  public void mustBe(String fresh) throws IOException {
    if (isWriting()) {
      write(fresh.getBytes(StandardCharsets.UTF_8));
    }
    String kept = Files.exists(file) ? Files.readString(file) : "";
    if (!kept.equals(fresh)) {
      throw new AssertionError(stale() + "\n" + difference(kept, fresh));
    }
  }

  /** The whole file has these bytes. */
  public void mustBe(byte[] fresh) throws IOException {
    if (isWriting()) {
      write(fresh);
    }
    assertThat(file).as(stale()).exists();
    assertThat(Files.readAllBytes(file)).as(stale()).isEqualTo(fresh);
  }

  /** The text between the two marks, which stay, is this. */
  public void mustHold(String begin, String end, String fresh) throws IOException {
    String page = Files.readString(file);
    int from = page.indexOf(begin);
    assertThat(from).as("%s has the mark %s", file, begin).isNotNegative();
    from += begin.length();
    int to = page.indexOf(end, from);
    assertThat(to).as("%s has the mark %s behind it", file, end).isNotNegative();
    mustBe(page.substring(0, from) + fresh + page.substring(to));
  }

  private void write(byte[] fresh) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(file, fresh);
  }

  private String stale() {
    return file
        + " is stale. Run this test with -Doomstream.write-golden=true, then read the difference.";
  }

  /** The lines from the first that differs to the last one. */
  static String difference(String kept, String fresh) {
    List<String> old = kept.lines().toList();
    List<String> now = fresh.lines().toList();
    int same = 0;
    while (same < Math.min(old.size(), now.size()) && old.get(same).equals(now.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < Math.min(old.size(), now.size()) - same
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    if (same == old.size() && same == now.size()) {
      return "They differ in how lines end.";
    }
    StringBuilder out = new StringBuilder("From line " + (same + 1) + " on:");
    list("-", old.subList(same, old.size() - tail), out);
    list("+", now.subList(same, now.size() - tail), out);
    return out.toString();
  }

  private static void list(String mark, List<String> lines, StringBuilder out) {
    lines.stream().limit(SHOWN).forEach(line -> out.append("\n").append(mark).append(line));
    if (lines.size() > SHOWN) {
      out.append("\n").append(mark).append("… ").append(lines.size() - SHOWN).append(" more lines");
    }
  }
}
