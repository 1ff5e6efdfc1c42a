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
 * Writes the signal of a failed allocation that stays alone, when that is known. Until then the
 * report's lines wait and not the signal: state holds kernel text, and the next release reads it by
 * its own grammar.
 */
public record LoneFailure(Thresholds thresholds, Language language) implements Serializable {

  /** Null where the lines, read again, hold no failed allocation. */
  public @Nullable Outbound signal(Occurrence mark, RuleBook rules) {
    LineBlock report = mark.report();
    if (report == null) {
      return null;
    }
    RuleThresholds ruled = rules.thresholds(thresholds, mark.hostKey(), mark.eventTimeMs());
    Findings findings =
        Diagnosis.of(BlockParser.parse(report), mark.hostKey(), ruled.thresholds(), language);
    Findings.Signal found = null;
    for (Findings.Signal signal : findings.signals()) {
      if (signal.id().equals(mark.id())
          || (found == null && Occurrences.comesInBursts(signal.signal().kind()))) {
        found = signal;
      }
    }
    return found == null
        ? null
        : OutgoingEvents.signal(
            mark.id(), ruled.note(found.signal()), mark.hostKey(), mark.eventTimeMs());
  }
}
