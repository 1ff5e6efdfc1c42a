package io.oomstream.anomaly;

import java.util.List;

/**
 * The kills of one workload on one share of the hosts in one slice of event time. Its size does not
 * depend on the number of hosts.
 *
 * @param slice number of the slice since the epoch
 * @param kills number of kills in the slice
 * @param fresh hosts whose previous kill is older than the longest window, or that had none
 * @param moved all other hosts, counted by the slice of their previous kill
 * @param ids of the first kills
 * @param firstMs event time of the first kill
 * @param lastMs event time of the last kill
 */
public record FleetPartial(
    String workload,
    int share,
    long slice,
    long kills,
    long fresh,
    List<SliceCount> moved,
    List<String> ids,
    long firstMs,
    long lastMs) {

  /** A partial of an ended slice counts in the first open one. */
  public FleetPartial notBefore(long open) {
    return slice >= open ? this : in(open);
  }

  /** A partial from a clock that is ahead counts in the current slice. */
  public FleetPartial notAfter(long open) {
    return slice <= open ? this : in(open);
  }

  private FleetPartial in(long other) {
    return new FleetPartial(workload, share, other, kills, fresh, moved, ids, firstMs, lastMs);
  }

  /** A number of hosts whose last kill was in that slice. */
  public record SliceCount(long slice, long hosts) {}
}
