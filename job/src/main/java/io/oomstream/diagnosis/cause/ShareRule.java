package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
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
 * @param name of its messages
 * @param counter whose line is the evidence
 * @param bytes the figure
 * @param option of the threshold, for the documentation
 * @param threshold share of managed memory
 * @param detail more evidence and words, for example whose it is
 * @param source the kernel's
 */
record ShareRule(
    Cause.Kind kind,
    String name,
    String counter,
    Function<Usage, @Nullable Long> bytes,
    String option,
    ToDoubleFunction<Thresholds> threshold,
    Function<DiagnosisContext, Detail> detail,
    String source)
    implements CauseRule {

  /**
   * What a kind of cause adds.
   *
   * @param why further sentences
   * @param who the name that advice may use; null for none
   */
  record Detail(List<String> why, List<Evidence> evidence, @Nullable String who) {

    static final Detail NONE = new Detail(List.of(), List.of(), null);
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.MEM_INFO);
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    boolean restOnly = kind == Cause.Kind.UNACCOUNTED_KERNEL_MEMORY;
    if (!c.isGlobal() || (restOnly && HugePagesLost.mayBe(c.block()))) {
      return null;
    }
    Usage usage = c.usage();
    Long value = bytes.apply(usage);
    Double share = usage.share(value);
    double limit = threshold.applyAsDouble(c.thresholds());
    if (value == null || value <= 0 || share == null || share < limit) {
      return null;
    }
    Long ordinary = usage.biggestOrdinary();
    Detail more = detail.apply(c);
    List<Evidence> evidence = new ArrayList<>();
    String line = BlockLines.ofCounter(c.block(), counter);
    evidence.add(Facts.share(c.say("fact." + name + ".share"), share, limit, line));
    evidence.add(Facts.bytes(c.say("fact." + name), value, line));
    evidence.addAll(more.evidence());
    String bytesText = HumanUnits.bytes(value);
    String shareText = HumanUnits.percent(share);
    List<String> why = new ArrayList<>();
    why.add(c.say("cause." + name, "bytes", bytesText, "share", shareText));
    why.addAll(more.why());
    String who = more.who() == null ? c.say("who.its-users") : more.who();
    return new Finding(
        kind,
        ordinary != null && ordinary > value ? Rank.CONTRIBUTING : Rank.SHARE,
        value,
        List.copyOf(evidence),
        List.copyOf(why),
        c.advice(name, "bytes", bytesText, "share", shareText, "who", who));
  }

  @Override
  public About about() {
    return new About(
        name,
        "at least `" + option + "` of managed memory; only if the whole machine ran out",
        List.of("fact." + name + ".share", "fact." + name),
        "SHARE if it is more than the ordinary memory of the biggest process, else CONTRIBUTING",
        source);
  }
}
