package io.oomstream.diagnosis.context;

import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the detectors over windows need of one block. It travels between operators and is never kept
 * whole.
 *
 * @param hostKey the name that the host's lines are keyed by
 * @param eventTimeMs of the block's last line: what windows are measured in
 * @param time wall clock, where the log holds one
 * @param kills in order
 * @param killLines lines of the kernel that each tell of a process killed, those of a group too
 * @param sample the machine's memory; null for blocks without Mem-Info
 */
public record Observation(
    String hostKey,
    Host host,
    long eventTimeMs,
    @Nullable Instant time,
    @Nullable Long kernelTimeUs,
    List<KillSeen> kills,
    @Nullable MemorySample sample,
    BlockInfo block,
    Provenance provenance,
    int killLines) {

  /** Where each kill has its own line. */
  public Observation(
      String hostKey,
      Host host,
      long eventTimeMs,
      @Nullable Instant time,
      @Nullable Long kernelTimeUs,
      List<KillSeen> kills,
      @Nullable MemorySample sample,
      BlockInfo block,
      Provenance provenance) {
    this(
        hostKey,
        host,
        eventTimeMs,
        time,
        kernelTimeUs,
        kills,
        sample,
        block,
        provenance,
        kills.size());
  }

  /**
   * One kill.
   *
   * @param id of its event
   * @param workload the key to group by; null if nothing names one
   */
  public record KillSeen(String id, @Nullable String workload, @Nullable String comm) {}

  /**
   * What can grow, in bytes; absent where the dump does not print it.
   *
   * @param taskStructBytes the cache's total, from the slab table
   * @param taskCount rows of the task table
   * @param caches unreclaimable caches by name, total bytes
   */
  public record MemorySample(
      @Nullable Long managedBytes,
      @Nullable Long taskStructBytes,
      @Nullable Long kernelStackBytes,
      @Nullable Long unreclaimableSlabBytes,
      @Nullable Long taskCount,
      @Nullable Long pageTableBytes,
      Map<String, Long> caches) {}
}
