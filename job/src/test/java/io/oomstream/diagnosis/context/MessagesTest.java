package io.oomstream.diagnosis.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.diagnosis.CauseRules;
import io.oomstream.diagnosis.cause.CauseRule;
import io.oomstream.diagnosis.signal.KnownCaller;
import io.oomstream.event.section.Badness;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both languages say the same things, and say all that the code asks for. */
class MessagesTest {

  private static final Path SOURCES = Path.of("src", "main", "java", "io", "oomstream");
  private static final Pattern KEY =
      Pattern.compile(
          "\"((?:cause|fact|advice|role|noun|swap|zone|reserve|outcome|undetermined|judge|signal"
              + "|size|who|where|level|part|limit|report|share|count|list|sentence)"
              + "\\.[A-Za-z_0-9.-]*)\"");

  private final Map<String, String> english = Messages.in(Language.EN).texts();
  private final Map<String, String> chinese = Messages.in(Language.ZH).texts();

  @Test
  void bothFilesHoldTheSameKeysAndFigures() {
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    for (String key : english.keySet()) {
      assertThat(figures(text(chinese, key))).as(key).isEqualTo(figures(text(english, key)));
      boolean separator = key.endsWith("separator");
      assertThat(text(chinese, key).isBlank())
          .as(key)
          .isEqualTo(separator && key.startsWith("sen"));
      assertThat(text(english, key).isBlank())
          .as(key)
          .isEqualTo(separator && key.startsWith("sen"));
    }
  }

  private static String text(Map<String, String> texts, String key) {
    return Objects.requireNonNull(texts.get(key));
  }

  private static List<String> figures(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = Pattern.compile("\\{([a-z-]+)}").matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names.stream().distinct().sorted().toList();
  }

  @Test
  void chineseIsChinese() {
    assertThat(chinese.entrySet())
        .filteredOn(e -> e.getKey().startsWith("cause.") || e.getKey().startsWith("advice."))
        .filteredOn(e -> !e.getKey().equals("cause.memcg.part"))
        .allSatisfy(
            e ->
                assertThat(e.getValue().codePoints().anyMatch(Character::isIdeographic))
                    .as(e.getKey())
                    .isTrue());
  }

  @Test
  void everyKeyInTheCodeHasItsText() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String key : keysInTheCode()) {
      boolean beginning = english.keySet().stream().anyMatch(k -> k.startsWith(key));
      boolean steps = english.containsKey("advice." + key + ".1");
      if (!english.containsKey(key) && !beginning && !steps) {
        missing.add(key);
      }
    }
    assertThat(missing).isEmpty();
  }

  private static TreeSet<String> keysInTheCode() throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (file.toString().contains("config")
            || file.toString().contains("/cli/html/")
            || file.toString().contains("/cli/serve/")) {
          continue; // the page has words of its own, which PagePartsTest looks at
        }
        Matcher matcher = KEY.matcher(Files.readString(file));
        while (matcher.find()) {
          keys.add(matcher.group(1));
        }
      }
    }
    return keys;
  }

  @Test
  void everyConstantThatNamesATextHasOne() {
    for (Scope.Level level : Scope.Level.values()) {
      assertThat(english).containsKeys("level." + level, "advice.memcg." + level + ".1");
      assertThat(english).containsKey("advice.memcg.memsw." + level + ".1");
      assertThat(english).containsKey("advice.memcg.kmem." + level + ".1");
    }
    for (KnownCaller caller : KnownCaller.values()) {
      assertThat(english).containsKey("judge.caller." + caller);
      assertThat(text(english, "judge.caller." + caller))
          .startsWith(
              switch (caller.judgement()) {
                case HARMLESS -> "Harmless";
                case DEGRADED -> "Degraded";
                case HARMFUL -> "Harmful";
                case UNKNOWN -> "Whether";
              });
    }
    for (Memory.ZoneVerdict verdict : Memory.ZoneVerdict.values()) {
      assertThat(english).containsKey("report.zone." + verdict);
    }
    for (Blame.Role role : Blame.Role.values()) {
      if (role != Blame.Role.UNKNOWN) {
        assertThat(english).containsKey("role." + role);
      }
    }
    for (Badness.NotHighest why : Badness.NotHighest.values()) {
      if (why != Badness.NotHighest.UNKNOWN) {
        assertThat(english).containsKey("signal.unexpected." + why);
      }
    }
    for (CauseRule rule : CauseRules.TABLE) {
      assertThat(english).containsKeys(rule.about().facts().toArray(String[]::new));
    }
  }

  @Test
  void aValueIsNotLookedInto() {
    assertThat(Messages.in(Language.EN).text("outcome.killed", "who", "{who} \\ $1"))
        .isEqualTo("The kernel killed {who} \\ $1.");
    assertThat(Messages.in(Language.EN).text("no.such.key")).isEqualTo("no.such.key");
  }

  @Test
  void oneIsNoPlural() {
    Messages words = Messages.in(Language.EN);
    assertThat(words.text("cause.memcg.times", "count", 1L)).isEqualTo(" (charges failed once)");
    assertThat(words.text("cause.memcg.times", "count", 2L)).isEqualTo(" (charges failed 2 times)");
    assertThat(words.text("signal.lost", "count", 1, "who", "printk"))
        .startsWith("One kernel message was lost (printk)");
    for (String key : english.keySet()) {
      if (text(english, key).contains("{count}")
          && !NEVER_ONE.contains(key)
          && !key.startsWith("count.")) {
        assertThat(english).as(key).containsKey(key + ".one");
        assertThat(words.text(key, "count", 1)).as(key).doesNotContain("{count}", "1 ");
      }
    }
  }

  /** A crowd has hundreds; several are two; the counts of a report choose their own text. */
  private static final Set<String> NEVER_ONE =
      Set.of(
          "fact.growth",
          "report.rows-of",
          "report.rows-of.shown",
          "role.family.USER",
          "role.family.ONE_OF_SEVERAL",
          "role.family.BYSTANDER",
          "cause.exhausted.family",
          "advice.exhausted.family.1",
          "trend.pressure",
          "cause.crowd",
          "cause.threads",
          "outcome.several",
          "role.crowd.member",
          "role.crowd.bystander",
          "advice.crowd.1",
          "advice.threads.1",
          "count.kill",
          "count.kills",
          "count.signal",
          "count.signals",
          "report.rank.of");

  @Test
  void whereNoLimitIsKnownTheAdviceNamesNone() {
    for (Scope.Level level : Scope.Level.values()) {
      for (String counter : List.of("", "memsw.", "kmem.")) {
        String key = "advice.memcg." + counter + level + ".1";
        String advice =
            Messages.in(Language.EN)
                .text(key, "limit", "the limit", "now", "", "group", "the group");
        assertThat(advice).as(key).doesNotContain("now the limit", "  ", " :", "{");
      }
    }
  }
}
