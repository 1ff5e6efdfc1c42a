package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.config.OomOptions;
import io.oomstream.event.Cause;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.junit.jupiter.api.Test;

/** {@code CAUSES.md} is written from the table of rules, the options and the messages. */
class CausesDocTest {

  private static final Path DOC = Path.of("CAUSES.md");

  @Test
  void theDocumentIsTheTable() throws IOException {
    if (Boolean.getBoolean("oomstream.write-golden")) {
      Files.writeString(DOC, document());
    }
    assertThat(Files.readString(DOC))
        .as("stale: mvn -pl job -am test -Dtest=CausesDocTest -Doomstream.write-golden=true")
        .isEqualTo(document());
  }

  @Test
  void everyCauseHasARuleAndEveryRuleANameOfItsOwn() {
    Set<Cause.Kind> kinds =
        CauseRules.TABLE.stream().map(CauseRule::kind).collect(Collectors.toSet());
    kinds.add(Cause.Kind.UNDETERMINED);
    assertThat(kinds).containsExactlyInAnyOrder(Cause.Kind.values());
    assertThat(CauseRules.TABLE).extracting(r -> r.about().name()).doesNotHaveDuplicates();
  }

  @Test
  void everyOptionThatARuleNamesIsOne() {
    String doc = rules();
    Set<String> known = options().stream().map(ConfigOption::key).collect(Collectors.toSet());
    int at = doc.indexOf("`diagnose.");
    while (at >= 0) {
      String option = doc.substring(at + 1, doc.indexOf('`', at + 1));
      assertThat(known).contains(option);
      at = doc.indexOf("`diagnose.", at + 1);
    }
  }

  private static String document() {
    return """
        # Every cause that oomstream tells apart

        Made by `CausesDocTest` from `CauseRules.TABLE`, the options and `messages/en.properties`; the build fails when it is stale. To write it anew: `mvn -pl job -am test -Dtest=CausesDocTest -Doomstream.write-golden=true`.

        Each rule is asked if the report has the sections that it needs. Of those that hold, the one of the highest rank is the primary cause, in this order: MANUAL, LIMIT, PLACEMENT, STRUCTURE, SHARE, EXHAUSTED; within a rank the one that explains most bytes, then the earlier in the table. CONTRIBUTING causes are never primary. Where none holds, the cause is UNDETERMINED, and the event says what is lacking or what contradicts.

        A new cause needs one rule in the table, a constant in `Cause.Kind` and in the schema, its messages in every language, and a fixture that has it and one that nearly has.

        ## Rules

        """
        + rules()
        + "\n## Thresholds\n\n| option | default | why |\n|---|---|---|\n"
        + thresholds()
        + "\n## Causes and their neighbours\n\n"
        + CauseNeighbours.table()
        + "\n## Callers whose failed allocations have a known outcome\n\n"
        + CauseNeighbours.callers();
  }

  private static String rules() {
    Messages words = Messages.in(Language.EN);
    StringBuilder out =
        new StringBuilder(
            "| rule | cause | needs | holds when | evidence cited | rank | source |\n"
                + "|---|---|---|---|---|---|---|\n");
    for (CauseRule rule : CauseRules.TABLE) {
      CauseRule.About about = rule.about();
      String needs =
          rule.needs().isEmpty()
              ? "–"
              : String.join(", ", new TreeSet<>(rule.needs()).stream().map(Enum::name).toList());
      String facts = String.join("; ", about.facts().stream().map(words::text).toList());
      out.append("| `" + about.name() + "` | " + rule.kind() + " | " + needs + " | ");
      out.append(about.condition() + " | " + facts + " | " + about.ranking() + " | ");
      out.append(about.source() + " |\n");
    }
    return out.toString();
  }

  private static String thresholds() {
    StringBuilder out = new StringBuilder();
    for (ConfigOption<?> option : options()) {
      Object value = option.defaultValue();
      String text = value instanceof List<?> list ? list.size() + " names" : String.valueOf(value);
      String why = new HtmlFormatter().format(option.description());
      out.append("| `" + option.key() + "` | " + text + " | " + why + " |\n");
    }
    return out.toString();
  }

  private static List<ConfigOption<?>> options() {
    List<ConfigOption<?>> options = new ArrayList<>();
    Arrays.stream(OomOptions.class.getFields())
        .map(CausesDocTest::value)
        .filter(o -> o.key().startsWith("diagnose."))
        .forEach(options::add);
    return options;
  }

  private static ConfigOption<?> value(Field field) {
    try {
      return (ConfigOption<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(field.getName(), e);
    }
  }
}
