package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.config.OomOptions;
import io.oomstream.deploy.DocPage;
import io.oomstream.diagnosis.cause.CauseRule;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.section.Cause;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/reference/causes.md} is written from the table of rules, the options and the
 * messages.
 */
class CausesDocTest {

  @Test
  void theDocumentIsTheTable() throws IOException {
    DocPage.of("docs/reference/causes.md").mustBe(document());
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
        # Causes

        Every cause that oomstream can find, and the evidence that it needs. This page is made from the code; see [recipes](../develop/recipes.md#a-new-cause).

        A rule runs only if the block has the sections that the rule needs. The applicable rule with the highest rank gives the primary cause. The ranks, highest first: MANUAL, LIMIT, PLACEMENT, STRUCTURE, SHARE, EXHAUSTED. Within one rank the cause that explains the most bytes wins, then the one that is earlier in the table. A CONTRIBUTING cause is never primary. If no rule applies, the cause is UNDETERMINED, and the event says which evidence is missing or contradictory.

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
            "| rule | cause | needs | applies when | evidence | rank | source |\n"
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
