package io.oomstream.anomaly;

import java.util.List;

/**
 * What one share of the hosts had of one workload in one slice of event time: the little that the
 * count over the whole fleet needs, however many hosts there are.
 *
 * @param slice number of the slice since the epoch
 * @param kills in it
 * @param fresh hosts in it that had none within the longest window before
 * @param moved hosts in it that had, counted by the slice of their last one
 * @param ids of the first kills
 * @param firstMs event time of the first kill
 * @param lastMs and of the last
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

  /** What comes for a slice that is over is counted in the first one that is not. */
  public FleetPartial notBefore(long open) {
    return slice >= open ? this : in(open);
  }

  /** What comes of a clock that is ahead is counted where event time is. */
  public FleetPartial notAfter(long open) {
    return slice <= open ? this : in(open);
  }

  private FleetPartial in(long other) {
    return new FleetPartial(workload, share, other, kills, fresh, moved, ids, firstMs, lastMs);
  }

  /** A number of hosts whose last kill was in that slice. */
  public record SliceCount(long slice, long hosts) {}
}
