package io.oomstream.diagnosis.cause;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.GroupName;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.NotShort;
import io.oomstream.diagnosis.context.WatermarkNote;
import io.oomstream.diagnosis.context.ZoneView;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.KnownBy;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.TriggerPath;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No cause, and why none can be given. */
public final class Undetermined {

  private Undetermined() {}

  /**
   * The reason.
   *
   * @param lacking sections that rules would have needed
   */
  public static CauseRule.Finding of(DiagnosisContext c, List<Section> lacking) {
    KernelBlock block = c.block();
    boolean headless =
        !block.info().sections().contains(Section.INVOCATION.name()) && block.memory() == null;
    String line = block.kills().isEmpty() ? null : KernelBlock.textOf(block.kills().get(0).line());
    if (block.scope().kind() == Scope.Kind.UNKNOWN && block.scope().constraint() != null) {
      return policy(c, block.scope().constraint());
    }
    if (headless) {
      boolean reaper = !block.kills().isEmpty() && block.kills().get(0).knownBy() == KnownBy.REAPER;
      boolean more = block.tasks() != null || block.memcg() != null;
      return finding(
          c,
          more ? "beheaded" : reaper ? "reaper" : "headless",
          "",
          Facts.text(c.say("fact.report"), c.say("fact.report.missing"), line));
    }
    if (block.scope().kind() == Scope.Kind.UNKNOWN) {
      return finding(c, "scope", "", Facts.text(c.say("fact.scope"), c.say("fact.unknown"), line));
    }
    NotShort notShort = c.isGlobal() ? c.notShort() : null;
    if (notShort != null) {
      List<String> why = new ArrayList<>(notShort.why(c));
      if (isOnlyTableMissing(c)) {
        why.add(c.say("not-short.no-table"));
      }
      return new CauseRule.Finding(
          Cause.Kind.UNDETERMINED,
          CauseRule.Rank.EXHAUSTED,
          0,
          notShort.evidence(c),
          List.copyOf(why),
          notShort.advice(c));
    }
    if (lacking.equals(List.of(Section.TASKS)) && isOnlyTableMissing(c)) {
      return finding(
          c,
          "no-tasks",
          "",
          Facts.text(c.say("fact.missing-sections"), Section.TASKS.name(), line));
    }
    if (!lacking.isEmpty()) {
      String names = String.join(", ", lacking.stream().map(Section::name).toList());
      return finding(c, "lacking", names, Facts.text(c.say("fact.missing-sections"), names, line));
    }
    Double lists = c.usage().share(c.usage().counted("lists"));
    if (c.usage().anon() == null && lists != null) {
      return finding(
          c,
          "old-totals",
          HumanUnits.percent(lists),
          Facts.share(
              c.say("fact.lists.share"), lists, c.thresholds().shortage().processShare(), line));
    }
    if (block.memory() == null || c.usage().managed() == null || c.usage().anon() == null) {
      return finding(
          c, "no-memory", "", Facts.text(c.say("fact.managed"), c.say("fact.unknown"), line));
    }
    Memory.Accounting accounting = block.memory().accounting();
    Double unaccounted = accounting == null ? null : c.usage().share(accounting.unaccountedBytes());
    boolean noHugePages = HugePagesLost.mayBe(block);
    if (noHugePages
        && unaccounted != null
        && unaccounted >= c.thresholds().uses().unaccountedShare()) {
      CauseRule.Finding zones = zones(c, "no-huge-pages", HumanUnits.percent(unaccounted));
      return zones != null
          ? zones
          : finding(
              c,
              "no-huge-pages",
              HumanUnits.percent(unaccounted),
              Facts.share(
                  c.say("fact.unaccounted.share"),
                  unaccounted,
                  c.thresholds().uses().unaccountedShare(),
                  line));
    }
    Double room = c.usage().share(c.zones().usableFreeBytes());
    Double hidden = c.usage().share(c.zones().hiddenFreeBytes());
    double limit = c.thresholds().shortage().usableFreeShare();
    Evidence none = Facts.text(c.say("fact.over-threshold"), c.say("fact.none"), line);
    if (room != null && room >= limit) {
      return finding(
          c, "room", HumanUnits.percent(room), Facts.share(c.say("fact.room"), room, limit, line));
    }
    if (hidden != null && hidden >= limit) {
      return finding(
          c,
          "hidden",
          HumanUnits.percent(hidden),
          Facts.share(c.say("fact.free-elsewhere"), hidden, limit, line));
    }
    CauseRule.Finding zones = zones(c, "nothing", "");
    return zones == null ? finding(c, "nothing", "", none) : zones;
  }

  /**
   * Every zone that the request may use refused it, though one of them has memory for others: that
   * much is certain, whatever filled them. Null where they did not, and where it is the lowest zone
   * alone that keeps some: it does so on every machine without memory, so it says nothing.
   */
  private static CauseRule.@Nullable Finding zones(DiagnosisContext c, String key, String figure) {
    if (!c.isGlobal() || !c.zones().allowedBelowMin()) {
      return null;
    }
    long kept = 0;
    boolean isLowest = true;
    List<String> keeping = new ArrayList<>();
    for (Memory.Zone zone : c.zones().allowed()) {
      Memory.ZoneCheck check = zone.check();
      Long reserve = check == null ? null : check.lowmemReserveBytes();
      if (check != null && check.verdict() == Memory.ZoneVerdict.LOWMEM_RESERVE) {
        Long free = zone.freeBytes();
        kept += Math.min(reserve == null ? 0 : reserve, free == null ? 0 : free);
        keeping.add(ZoneView.name(zone));
        isLowest &= zone.name().equals("DMA");
      }
    }
    if (isLowest) {
      return null;
    }
    String names = String.join(", ", c.zones().allowed().stream().map(ZoneView::name).toList());
    return new CauseRule.Finding(
        Cause.Kind.ZONE_EXHAUSTED,
        CauseRule.Rank.EXHAUSTED,
        0,
        WatermarkNote.zones(c),
        List.of(
            c.say(
                "cause.zones-refuse",
                "zones",
                names,
                "kept",
                String.join(", ", keeping),
                "bytes",
                HumanUnits.bytes(kept)),
            c.say("cause.zones-refuse." + key, "figure", figure)),
        c.advice("undetermined." + key));
  }

  /** A policy's kill: whatever it measured, it was no limit. */
  private static CauseRule.Finding policy(DiagnosisContext c, String constraint) {
    String path = c.block().scope().limitCgroup();
    String group = path == null ? c.say("who.its-group") : GroupName.shortened(path);
    return new CauseRule.Finding(
        Cause.Kind.UNDETERMINED,
        CauseRule.Rank.EXHAUSTED,
        0,
        List.of(Facts.text(c.say("fact.constraint"), constraint, BlockLines.ofSummary(c.block()))),
        List.of(c.say("undetermined.policy", "constraint", constraint, "group", group)),
        c.advice("undetermined.policy"));
  }

  /** Then {@code vm.oom_dump_tasks} is 0: a table is not lost alone. */
  private static boolean isOnlyTableMissing(DiagnosisContext c) {
    return c.block().info().missing().equals(List.of(Section.TASKS.name()))
        && c.block().info().lostLines() == null;
  }

  public static boolean isSysrq(DiagnosisContext c) {
    Trigger trigger = c.block().trigger();
    return trigger != null
        && (trigger.path() == TriggerPath.SYSRQ
            || (trigger.order() != null && trigger.order() == -1));
  }

  private static CauseRule.Finding finding(
      DiagnosisContext c, String key, String figure, Evidence evidence) {
    return new CauseRule.Finding(
        Cause.Kind.UNDETERMINED,
        CauseRule.Rank.EXHAUSTED,
        0,
        List.of(evidence),
        List.of(c.say("undetermined." + key, "figure", figure)),
        c.advice("undetermined." + key));
  }
}
