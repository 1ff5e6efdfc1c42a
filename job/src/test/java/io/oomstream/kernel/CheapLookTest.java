package io.oomstream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is looked at cheaply is kept and dropped as by the slow way, whatever the line. */
class CheapLookTest {

  private static final int MUTATIONS = 300_000;
  private static final String PIECES =
      " :=,;[]<>{}()\"\\0123456789kBKgpeaAfF\n\t.+-/#xT_\u00e9\u0001";

  @Test
  void noRuleLosesALineOfAFixture() {
    for (String line : fixtureLines()) {
      assertSame(line);
    }
  }

  /** Broken lines are where a cheap test that is not necessary would show. */
  @Test
  void theSameOfBrokenLines() {
    List<String> lines = fixtureLines();
    for (LabLogs.LabLog log : LabLogs.of("6.12.117+deb13-amd64")) {
      log.lines().forEach(line -> lines.add(new String(line, StandardCharsets.ISO_8859_1)));
    }
    Random random = new Random(16);
    int ruled = 0;
    int unruled = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String line = broken(lines.get(random.nextInt(lines.size())), lines, random);
      boolean hasRule = assertSame(line);
      ruled += hasRule ? 1 : 0;
      unruled += hasRule ? 0 : 1;
    }
    assertThat(ruled).isGreaterThan(MUTATIONS / 50);
    assertThat(unruled).isGreaterThan(MUTATIONS / 50);
  }

  /** A literal is found wherever it stands: at each distance from the line's start and end. */
  @Test
  void aLiteralIsFoundAtEveryPlace() {
    for (LineRule rule : LineRule.values()) {
      if (rule.shape() instanceof Shape.Contains contains) {
        for (int before = 0; before < 9; before++) {
          for (int after = 0; after < 5; after++) {
            StringBuilder line = new StringBuilder("~".repeat(before));
            contains
                .literals()
                .forEach(l -> line.append(new String(l, StandardCharsets.ISO_8859_1)));
            assertThat(assertSame(line + "~".repeat(after))).as(rule + " in " + line).isTrue();
          }
        }
      }
    }
  }

  private static boolean assertSame(String line) {
    byte[] text = ("xx" + line + "kB").getBytes(StandardCharsets.ISO_8859_1);
    int end = text.length - 2;
    LineRule slow = end == 2 ? null : Classifier.firstRule(text, 2, end);
    assertThat(Classifier.classify(text, 2, end)).as(line).isEqualTo(slow);
    assertThat(Classifier.mayBeOfBlock(text, 2, end))
        .as(line)
        .isEqualTo(PlainUnknownLine.matches(line));
    return slow != null;
  }

  private static List<String> fixtureLines() {
    List<String> lines = new ArrayList<>();
    GrammarFixtures.files().forEach(file -> lines.addAll(GrammarFixtures.lines(file)));
    return lines;
  }

  private static String broken(String line, List<String> lines, Random random) {
    StringBuilder text = new StringBuilder(line);
    for (int i = random.nextInt(3); i >= 0 && text.length() > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(6)) {
        case 0 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.setLength(at);
        case 3 -> text.delete(0, at);
        case 4 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        default -> {
          String other = lines.get(random.nextInt(lines.size()));
          text.insert(at, other, other.length() / 2, other.length());
        }
      }
    }
    return text.toString();
  }
}
