package io.oomstream.step;

import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Occurrences;
import io.oomstream.anomaly.Outbound;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.block.BlockParser;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.rule.RuleBook;
import io.oomstream.rule.RuleThresholds;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Writes the signal of a failed allocation that belongs to no episode. Until that is known, state
 * has the block's lines and not the signal: the next release reads kernel text with its own
 * grammar.
 */
public record LoneFailure(Thresholds thresholds, Language language) implements Serializable {

  /** Null if the lines, read again, have no failed allocation. */
  public @Nullable Outbound signal(Occurrence occurrence, RuleBook rules) {
    LineBlock block = occurrence.block();
    if (block == null) {
      return null;
    }
    RuleThresholds ruled =
        rules.thresholds(thresholds, occurrence.hostKey(), occurrence.eventTimeMs());
    Findings findings =
        Diagnosis.of(BlockParser.parse(block), occurrence.hostKey(), ruled.thresholds(), language);
    Findings.Signal found = null;
    for (Findings.Signal signal : findings.signals()) {
      if (signal.id().equals(occurrence.id())
          || (found == null && Occurrences.comesInBursts(signal.signal().kind()))) {
        found = signal;
      }
    }
    return found == null
        ? null
        : OutgoingEvents.signal(
            occurrence.id(),
            ruled.shaped(found.signal()),
            occurrence.hostKey(),
            occurrence.eventTimeMs());
  }
}
