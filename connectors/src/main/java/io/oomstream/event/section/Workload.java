package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The workload of a control group path, and its names where a catalogue of workloads is read.
 *
 * @param key stable over restarts of the same workload, as far as the path shows it
 * @param job the job of a scheduler: Slurm's number, YARN's application, Nomad's allocation, ECS'
 *     task
 * @param outerContainerId the container that this one runs in, as with Kubernetes in Docker
 * @param kubernetes what the catalogue says of a pod; absent if it says nothing
 * @param groupKey what kills are grouped by, over hosts too; absent without a catalogue
 * @param namesStatus whether the catalogue has the container or pod; absent without a catalogue,
 *     and where the path holds neither
 */
public record Workload(
    @Nullable String runtime,
    @Nullable String containerId,
    @Nullable String podUid,
    @Nullable String qosClass,
    @Nullable String systemdUnit,
    @Nullable String slice,
    @Nullable String user,
    @Nullable String key,
    @Nullable String job,
    @Nullable String outerContainerId,
    @Nullable Kubernetes kubernetes,
    @Nullable String groupKey,
    @Nullable NamesStatus namesStatus) {

  /** What the path alone says. */
  public Workload(
      @Nullable String runtime,
      @Nullable String containerId,
      @Nullable String podUid,
      @Nullable String qosClass,
      @Nullable String systemdUnit,
      @Nullable String slice,
      @Nullable String user,
      @Nullable String key,
      @Nullable String job,
      @Nullable String outerContainerId) {
    this(
        runtime,
        containerId,
        podUid,
        qosClass,
        systemdUnit,
        slice,
        user,
        key,
        job,
        outerContainerId,
        null,
        null,
        null);
  }

  /** Whether the catalogue has the names. */
  public enum NamesStatus {
    KNOWN,
    /** It had not when the event left; the event is not written again. */
    UNKNOWN
  }
}
