package io.oomstream.anomaly;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one workload over the fleet. Kept in keyed state.
 *
 * @param hosts numbers of hosts by the slice of their last kill
 * @param kills by slice
 * @param open the open episode
 * @param retainMs how long the counts are needed, in event time
 */
public record FleetHistory(
    List<FleetPartial.SliceCount> hosts,
    List<RecentKills> kills,
    @Nullable Incident open,
    long retainMs) {

  public static final FleetHistory EMPTY = new FleetHistory(List.of(), List.of(), null, 0);

  /** Kills of one slice, with some of their ids. */
  public record RecentKills(long slice, long kills, List<String> ids, long firstMs, long lastMs) {}

  public boolean isEmpty() {
    return hosts.isEmpty() && open == null;
  }
}
