package io.oomstream.function;

import io.oomstream.anomaly.Mark;
import io.oomstream.anomaly.Marks;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.RuleBook;
import io.oomstream.anomaly.RuleThresholds;
import io.oomstream.block.BlockParser;
import io.oomstream.block.LineBlock;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.Findings;
import io.oomstream.diagnosis.Language;
import io.oomstream.diagnosis.Thresholds;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Writes the signal of a failed allocation that stays alone, when that is known. Until then the
 * report's lines wait and not the signal: state holds kernel text, and the next release reads it by
 * its own grammar.
 */
record LoneFailure(Thresholds thresholds, Language language) implements Serializable {

  /** Null where the lines, read again, hold no failed allocation. */
  @Nullable Outbound signal(Mark mark, RuleBook rules) {
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
          || (found == null && Marks.comesInBursts(signal.signal().kind()))) {
        found = signal;
      }
    }
    return found == null
        ? null
        : Outgoing.signal(
            mark.id(), ruled.note(found.signal()), mark.hostKey(), mark.eventTimeMs());
  }
}
