package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One use of memory took more than its share. It is the primary cause only if it holds more than
 * the ordinary memory of the biggest process: else that process is the better answer.
 *
 * @param noun what it is, for people
 * @param counter whose line is the evidence
 * @param bytes the figure
 * @param threshold share of managed memory
 * @param detail more evidence and words, for example whose it is
 */
record ShareRule(
    Cause.Kind kind,
    String noun,
    String counter,
    Function<Usage, @Nullable Long> bytes,
    ToDoubleFunction<Thresholds> threshold,
    Function<Case, Detail> detail,
    String firstStep)
    implements CauseRule {

  /** What a kind of cause adds. */
  record Detail(String words, List<Evidence> evidence) {

    static final Detail NONE = new Detail("", List.of());
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.MEM_INFO);
  }

  @Override
  public @Nullable Finding find(Case c) {
    if (!c.isGlobal()) {
      return null;
    }
    Usage usage = c.usage();
    Long value = bytes.apply(usage);
    Double share = usage.share(value);
    double limit = threshold.applyAsDouble(c.thresholds());
    if (value == null || share == null || share < limit) {
      return null;
    }
    Long ordinary = usage.biggestOrdinary();
    Detail more = detail.apply(c);
    List<Evidence> evidence = new ArrayList<>();
    String line = ReportLines.ofCounter(c.block(), counter);
    evidence.add(Facts.bytes(noun, value, line));
    evidence.add(Facts.share(noun + ", share of managed memory", share, limit, line));
    evidence.addAll(more.evidence());
    return new Finding(
        kind,
        ordinary != null && ordinary > value ? Rank.CONTRIBUTING : Rank.SHARE,
        value,
        List.copyOf(evidence),
        capitalized(noun)
            + " hold "
            + HumanUnits.bytes(value)
            + ", "
            + HumanUnits.percent(share)
            + " of memory"
            + more.words(),
        firstStep);
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
