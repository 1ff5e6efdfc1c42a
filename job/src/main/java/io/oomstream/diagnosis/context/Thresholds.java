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
 * use. A task costs the kernel some 100 KiB, so a crowd whose cost is a twentieth is of tasks of 2
 * MiB and less. A quarter of swap free is room that the kernel would have used, had it been able
 * to.
 *
 * @param highOrder allocation failures of a higher order are signalled as such
 * @param freeShare memory or swap is exhausted at or under it
 * @param pageTableShare page tables at or over it are bloat
 * @param unreclaimableSlabShare likewise
 * @param shmemShare likewise
 * @param unaccountedShare likewise
 * @param unevictableShare locked memory at or over it explains a kill
 * @param hugePageShare unused huge pages at or over it explain a kill
 * @param kernelStackShare kernel stacks at or over it prove a crowd of threads
 * @param crowdShare what a crowd of small tasks must hold to explain a kill
 * @param swapFreeShare swap free at or over it was no help; of all swap
 * @param usableFreeShare free memory at or over it, that the request could have had, contradicts
 *     exhaustion
 * @param forkBombTasks that many small tasks of one name, and more, are a crowd
 * @param crowdKernelShare share of what a crowd holds that the kernel needs for having it at all
 *     (page tables, stacks, task structures), 0 to 1; less is a pool of workers with memory of
 *     their own
 * @param criticalProcesses names whose death is critical
 * @param taskRows rows of the task table that a kill event carries
 * @param processShare processes that hold it have used up memory
 * @param memcgShare of a control group's usage: one use at or over it filled the group
 * @param dirtyShare file pages that wait to be written, at or over it, explain a kill
 * @param driverShare balloon, graphics or zsmalloc pages at or over it explain a kill
 * @param minFreeShare min watermarks at or over it together are set too high
 * @param swapCachedShare of used swap: where so much of it is in memory as well, swap is full of
 *     copies
 * @param userShare of what ran out: a victim that held it was the user
 * @param bystanderShare of what ran out: a victim that held less was a bystander
 */
public record Thresholds(
    int highOrder,
    double freeShare,
    double pageTableShare,
    double unreclaimableSlabShare,
    double shmemShare,
    double unaccountedShare,
    double unevictableShare,
    double hugePageShare,
    double kernelStackShare,
    double crowdShare,
    double swapFreeShare,
    double usableFreeShare,
    int forkBombTasks,
    double crowdKernelShare,
    List<String> criticalProcesses,
    int taskRows,
    double processShare,
    double memcgShare,
    double dirtyShare,
    double driverShare,
    double minFreeShare,
    double swapCachedShare,
    double userShare,
    double bystanderShare)
    implements Serializable {

  public static Thresholds defaults() {
    return new Thresholds(
        3,
        0.01,
        0.2,
        0.3,
        0.3,
        0.25,
        0.3,
        0.25,
        0.08,
        0.2,
        0.25,
        0.1,
        300,
        0.05,
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
            "crio"),
        10,
        0.5,
        0.3,
        0.3,
        0.2,
        0.1,
        0.5,
        0.5,
        0.1);
  }
}
