package io.oomstream.event;

import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Provenance;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Slab;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole block of the kernel: raw lines and every parsed section, the full task table too. Data of
 * CloudEvents type {@code io.oomstream.block.v1}.
 *
 * @param eventId the id of the event, the same as the CloudEvents attribute and the block's
 * @param lines as the kernel wrote them, bytes that are not UTF-8 as U+FFFD
 * @param kills pids killed by this block, in order
 * @param failure the failed request's own words, for blocks of failed allocations
 * @param trimmed what was left out because the event was too large for its topic; absent if it is
 *     whole ({@link EventTrim})
 */
public record MemoryBlock(
    String schemaVersion,
    String eventId,
    Kind kind,
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
    List<Long> kills,
    @Nullable String failure,
    @Nullable Cause cause,
    List<SelfCheck> selfChecks,
    BlockInfo block,
    Provenance provenance,
    List<String> lines,
    @Nullable List<String> trimmed) {

  public static final String SCHEMA_VERSION = "1.0";

  /** The kinds of blocks. */
  public enum Kind {
    OOM,
    PAGE_ALLOCATION_FAILURE,
    SLAB_ALLOCATION_FAILURE,
    /**
     * A memory dump without a failed request: by SysRq m, by a driver, or of a block that lost its
     * head.
     */
    MEMORY_DUMP,
    LINE
  }

  /**
   * A comparison of figures that the kernel prints twice. A failed check is a sign of lost or mixed
   * lines.
   */
  public record SelfCheck(String name, boolean passed, String detail) {}
}
