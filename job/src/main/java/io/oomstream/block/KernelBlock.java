package io.oomstream.block;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.text.Latin1;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.KnownBy;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Provenance;
import io.oomstream.event.section.Reaper;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Slab;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.Victim;
import io.oomstream.event.section.Workload;
import io.oomstream.kernel.LineRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One block, read: every section that is present, in the contract's units.
 *
 * @param tasks the whole table, all rows
 * @param failure the failed request; null for OOM blocks
 * @param noKillable the kernel found nobody to kill
 * @param panic the panic's text; null if there was none
 * @param victimExiting the chosen one was already exiting and was not killed
 * @param lines in order, as they were cut out
 */
public record KernelBlock(
    MemoryBlock.Kind kind,
    Host host,
    @Nullable Instant time,
    @Nullable Long kernelTimeUs,
    @Nullable Trigger trigger,
    Scope scope,
    @Nullable Memory memory,
    @Nullable Memcg memcg,
    @Nullable Tasks tasks,
    @Nullable Slab slab,
    List<String> callTrace,
    List<Kill> kills,
    @Nullable Failure failure,
    boolean noKillable,
    boolean victimExiting,
    @Nullable String panic,
    List<MemoryBlock.SelfCheck> selfChecks,
    BlockInfo info,
    Provenance provenance,
    List<ClassifiedLine> lines) {

  /**
   * One process that died.
   *
   * @param line its kill line, else the line by which it is known
   * @param knownBy the line that names it, where that is not its kill line
   * @param scope the block's scope; for members of a group and for kills without a block what the
   *     kill line alone says
   */
  public record Kill(
      ClassifiedLine line,
      Victim victim,
      KillReason reason,
      @Nullable Reaper reaper,
      @Nullable Instant time,
      @Nullable Long kernelTimeUs,
      Scope scope,
      @Nullable Workload workload,
      @Nullable KnownBy knownBy) {

    /** A process with a kill line. */
    public Kill(
        ClassifiedLine line,
        Victim victim,
        KillReason reason,
        @Nullable Reaper reaper,
        @Nullable Instant time,
        @Nullable Long kernelTimeUs,
        Scope scope,
        @Nullable Workload workload) {
      this(line, victim, reason, reaper, time, kernelTimeUs, scope, workload, null);
    }
  }

  /**
   * A failed request.
   *
   * @param text the kernel's words, for example {@code page allocation failure: order:8}
   * @param order null where the line gives none
   * @param cache the slab cache, for SLUB and SLAB failures
   * @param group the control group whose copy of the cache it is, by its own name; null for the
   *     machine's
   */
  public record Failure(
      String text, @Nullable Integer order, @Nullable String cache, @Nullable String group) {

    public Failure(String text, @Nullable Integer order, @Nullable String cache) {
      this(text, order, cache, null);
    }
  }

  /**
   * The text of the first line that follows the rule, decoded for people; null if there is none.
   */
  public @Nullable String lineOf(LineRule rule) {
    for (ClassifiedLine line : lines) {
      if (line.rule() == rule) {
        return Latin1.decode(line.text());
      }
    }
    return null;
  }

  /** The kill line's text, decoded for people. */
  public static String textOf(ClassifiedLine line) {
    return Latin1.decode(line.text());
  }
}
