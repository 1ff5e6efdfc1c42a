package io.oomstream.diagnosis.context;

import java.io.Serializable;
import java.util.List;

/**
 * Where a figure becomes a finding. Shares are of managed memory, 0 to 1.
 *
 * <p>The defaults: order 3 is the kernel's own line between requests it tries hard for and costly
 * ones ({@code PAGE_ALLOC_COSTLY_ORDER}). One percent free is what the watermarks keep on a small
 * machine and far less than a machine at work has. Page tables are a five hundredth of the memory
 * they map when it is used densely, so a fifth of memory is never ordinary use. The other shares
 * are at a third of memory or a little under it, where a single thing has become the machine's main
 * use. A task costs the kernel some 100 KiB, so a swarm whose cost is a twentieth is of tasks of 2
 * MiB and less. A quarter of swap free is room that the kernel would have used, had it been able
 * to.
 *
 * @param shortage when memory was short, and for whom
 * @param uses what explains a kill, or is a signal, by its size alone
 * @param swarm when many small tasks are the cause
 * @param victim what is said of who died
 * @param taskRows rows of the task table that a kill event carries
 */
public record Thresholds(
    Shortage shortage, Uses uses, Swap swap, Swarm swarm, Victim victim, int taskRows)
    implements Serializable {

  /**
   * Whether memory was short.
   *
   * @param highOrder allocation failures of a higher order are signalled as such
   * @param freeShare memory or swap is exhausted at or under it
   * @param usableFreeShare free memory at or over it, that the request could have had, contradicts
   *     exhaustion
   * @param minFreeShare min watermarks at or over it together are set too high
   * @param processShare processes that hold it have used up memory
   */
  public record Shortage(
      int highOrder,
      double freeShare,
      double usableFreeShare,
      double minFreeShare,
      double processShare)
      implements Serializable {}

  /**
   * Uses of memory, each with the share at or over which it is what filled memory.
   *
   * @param pageTableShare page tables
   * @param unreclaimableSlabShare the kernel's objects that it can't drop
   * @param shmemShare shared memory and tmpfs
   * @param unaccountedShare what is in no counter
   * @param unevictableShare locked memory
   * @param hugePageShare unused huge pages
   * @param dirtyShare file pages that wait to be written
   * @param driverShare balloon, graphics or zsmalloc pages
   * @param memcgShare any use, of a control group's usage
   */
  public record Uses(
      double pageTableShare,
      double unreclaimableSlabShare,
      double shmemShare,
      double unaccountedShare,
      double unevictableShare,
      double hugePageShare,
      double dirtyShare,
      double driverShare,
      double memcgShare)
      implements Serializable {}

  /**
   * What swap did.
   *
   * @param freeShare of all swap: free swap at or over it was no help
   * @param cachedShare of used swap: where so much of it is in memory as well, swap is full of
   *     copies
   */
  public record Swap(double freeShare, double cachedShare) implements Serializable {}

  /**
   * Many small tasks of one name.
   *
   * @param tasks that many and more are a swarm
   * @param share what a swarm must hold to explain a kill
   * @param kernelShare of what a swarm holds, what the kernel needs for having it at all (page
   *     tables, stacks, task structures); less is a pool of workers with memory of their own
   * @param stackShare kernel stacks at or over it prove a swarm of threads
   */
  public record Swarm(int tasks, double share, double kernelShare, double stackShare)
      implements Serializable {}

  /**
   * Who died.
   *
   * @param userShare of what ran out: a victim that held it was the main consumer
   * @param bystanderShare of what ran out: a victim that held less was a bystander
   * @param criticalProcesses names whose death is critical
   */
  public record Victim(double userShare, double bystanderShare, List<String> criticalProcesses)
      implements Serializable {}

  public static Thresholds defaults() {
    return new Thresholds(
        new Shortage(3, 0.01, 0.1, 0.1, 0.5),
        new Uses(0.2, 0.3, 0.3, 0.25, 0.3, 0.25, 0.3, 0.2, 0.3),
        new Swap(0.25, 0.5),
        new Swarm(300, 0.2, 0.05, 0.08),
        new Victim(
            0.5,
            0.1,
            List.of(
                "systemd",
                "init",
                "systemd-journal",
                "systemd-logind",
                "systemd-udevd",
                "dbus-daemon",
                "sshd",
                "kubelet",
                "containerd",
                "containerd-shim",
                "dockerd",
                "crio")),
        10);
  }
}
