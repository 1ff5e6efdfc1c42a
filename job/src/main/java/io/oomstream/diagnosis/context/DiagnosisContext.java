package io.oomstream.diagnosis.context;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Victim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block and what was worked out of it once: what the rules look at, and their words. */
public record DiagnosisContext(
    KernelBlock block,
    Usage usage,
    ZoneView zones,
    Families families,
    @Nullable ProcessSwarm crowd,
    @Nullable NotShort notShort,
    Thresholds thresholds,
    Messages words) {

  public static DiagnosisContext of(KernelBlock block, Thresholds thresholds, Language language) {
    Usage usage = Usage.of(block);
    ZoneView zones = ZoneView.of(block.memory(), block.trigger());
    Families families = Families.of(block.tasks());
    boolean pieces = Fragmentation.of(zones, block.trigger()) != null;
    return new DiagnosisContext(
        block,
        usage,
        zones,
        families,
        ProcessSwarm.of(block, usage, families),
        pieces ? null : NotShort.of(block.memory(), zones, usage, thresholds),
        thresholds,
        Messages.in(language));
  }

  public boolean isGlobal() {
    return block.scope().kind() == Scope.Kind.GLOBAL;
  }

  public boolean isMemcg() {
    return block.scope().kind() == Scope.Kind.MEMCG;
  }

  public String say(String key, Object... namesAndValues) {
    return words.text(key, namesAndValues);
  }

  /** All steps of {@code advice.<name>.1} and on. */
  public List<String> advice(String name, Object... namesAndValues) {
    List<String> steps = new ArrayList<>();
    for (int i = 1; words.has("advice." + name + "." + i); i++) {
      steps.add(say("advice." + name + "." + i, namesAndValues));
    }
    return List.copyOf(steps);
  }

  public String who(Tasks.Row row) {
    return who(row.comm(), row.pid());
  }

  public String who(Victim victim) {
    return who(victim.comm(), victim.pid());
  }

  /** {@code java (pid 42)}. */
  public String who(@Nullable String comm, @Nullable Long pid) {
    String name = comm == null ? say("who.unnamed") : comm;
    return pid == null ? name : name + " (pid " + pid + ")";
  }
}
