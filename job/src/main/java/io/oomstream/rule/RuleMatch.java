package io.oomstream.rule;

import io.oomstream.event.SignalKind;
import io.oomstream.event.rule.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a live rule matches an event. */
final class RuleMatch {

  private RuleMatch() {}

  static boolean fits(
      Rule.@Nullable Match match,
      SignalKind kind,
      @Nullable String host,
      @Nullable String workload) {
    return match == null
        || ((match.kinds() == null || match.kinds().contains(kind))
            && fitsAny(match.hosts(), host)
            && fitsAny(match.workloads(), workload));
  }

  /** For settings that depend on the host only. */
  static boolean fitsHost(Rule.@Nullable Match match, String host) {
    return match == null
        || (match.workloads() == null && match.kinds() == null && fitsAny(match.hosts(), host));
  }

  private static boolean fitsAny(@Nullable List<String> patterns, @Nullable String text) {
    return patterns == null
        || (text != null
            && !text.isEmpty()
            && patterns.stream().anyMatch(pattern -> Glob.matches(pattern, text)));
  }
}
