package io.oomstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.SignalKind;
import io.oomstream.event.rule.Rule;
import io.oomstream.event.rule.RuleFormatException;
import io.oomstream.event.rule.RuleJson;
import io.oomstream.rule.DetectorLimits;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import io.oomstream.rule.RuleChange;
import io.oomstream.rule.RuleVersions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Any bytes as a live rule: taken, or refused with a reason; and what is taken can be asked. */
final class RuleTarget implements FuzzTarget {

  private static final int KIND = 24;
  private static final long NOW = 1_790_000_000_000L;
  private static final List<String> NAMES =
      List.of("", "db1", "web-1", "a".repeat(300), "*", "\u2603");

  @Override
  public String name() {
    return "rule";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
            "{\"schemaVersion\":\"1.0\",\"version\":3,\"effectiveFrom\":\"2026-02-01T00:00:00Z\","
                + "\"expiresAt\":\"2126-02-02T00:00:00Z\",\"match\":{\"hosts\":[\"web-*\"],"
                + "\"kinds\":[\"OOM_STORM\"]},\"mute\":true,\"comment\":\"upgrade\"}",
            "{\"schemaVersion\":\"1.0\",\"version\":1,\"set\":{\"stormKills\":7,"
                + "\"stormWindowSeconds\":60,\"fleetHosts\":4,\"fleetWindowSeconds\":3600}}",
            "{\"schemaVersion\":\"1.0\",\"version\":2,\"match\":{\"hosts\":[\"db?\",\"*a*a*a*a*b\"],"
                + "\"workloads\":[\"kube/*/x\"]},\"set\":{\"criticalProcesses\":[\"postgres\"],"
                + "\"freeShare\":0.25,\"updateSeconds\":5,\"highOrder\":4}}")
        .stream()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public Set<String> check(byte[] input) {
    Set<String> seen = new TreeSet<>();
    Rule rule;
    try {
      rule = RuleJson.parse(input);
    } catch (RuleFormatException e) {
      assertThat(e.getMessage()).isNotBlank();
      seen.add("refused: " + kind(e.getMessage()));
      return seen;
    }
    RuleChange change = new RuleChange("r", rule.version(), NOW, input);
    RuleBook book = RuleBook.of(Map.of("r", RuleVersions.plus(null, change)));
    for (String name : NAMES) {
      seen.add("muted " + (book.mutedBy(SignalKind.OOM_STORM, name, name, NOW) != null));
      book.thresholds(Thresholds.defaults(), name, NOW);
      for (SignalKind kind : SignalKind.values()) {
        DetectorLimits limits = book.limits(IncidentOptions.defaults(), kind, name, name, NOW);
        assertThat(limits.windowMs()).isBetween(0L, 1_000 * Rule.MAX_WINDOW_SECONDS);
        assertThat(limits.threshold()).isPositive();
        seen.add("limits by rules " + !limits.rules().isEmpty() + " " + kind);
      }
    }
    seen.add(
        "taken "
            + (rule.match() != null)
            + (rule.mute() != null)
            + (rule.set() != null)
            + (rule.effectiveFrom() != null)
            + (rule.expiresAt() != null));
    return seen;
  }

  /** Its first words, without what it quotes. */
  private static String kind(String message) {
    String plain = message.replaceAll("[^a-zA-Z]+", " ");
    return plain.substring(0, Math.min(KIND, plain.length()));
  }
}
