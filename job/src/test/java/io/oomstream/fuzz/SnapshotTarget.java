package io.oomstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.LabSnapshots;
import io.oomstream.snapshot.Snapshot;
import io.oomstream.snapshot.SnapshotDecoder;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.Measures;
import io.oomstream.trend.TrendDetector;
import io.oomstream.trend.TrendOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Any bytes as snapshots of a machine, and what the detectors over time make of them. */
final class SnapshotTarget implements FuzzTarget {

  private static final String SCENARIO = "12-slab-leak";

  @Override
  public String name() {
    return "snapshot";
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String kernel : LabLogs.KERNELS) {
      List<LabSnapshots.LabSnapshot> snapshots = LabSnapshots.of(kernel, SCENARIO);
      for (LabSnapshots.LabSnapshot snapshot :
          snapshots.subList(0, Math.min(2, snapshots.size()))) {
        seeds.add(LabSnapshots.envelope("lab", snapshot, 0, 0).value());
        snapshot.files().values().forEach(text -> seeds.add(text.getBytes(StandardCharsets.UTF_8)));
      }
    }
    seeds.removeIf(seed -> seed.length > Mutator.MAX_BYTES);
    return seeds;
  }

  @Override
  public Set<String> check(byte[] input) {
    RawRecord record =
        new RawRecord("kernel.memory-snapshots", 0, 0, LabSnapshots.BOOT_MS, null, input, Map.of());
    SnapshotDecoder.Decoded decoded = SnapshotDecoder.decode(record, "lab");
    assertThat(SnapshotDecoder.decode(record, "lab")).as("decoded again").isEqualTo(decoded);
    assertThat(decoded.snapshots().isEmpty() && decoded.complaint().isEmpty())
        .as("nothing, and no word of it")
        .isFalse();
    Set<String> seen = new TreeSet<>();
    seen.add("complaint " + decoded.complaint().replaceAll("[^a-z ]+", "#"));
    MachineHistory history = null;
    for (Snapshot snapshot : decoded.snapshots()) {
      snapshot.values().keySet().forEach(seen::add);
      seen.add("caches " + (snapshot.caches().isEmpty() ? "none" : "some"));
      seen.add("groups " + (snapshot.cgroups().isEmpty() ? "none" : "some"));
      TrendDetector.Step step =
          TrendDetector.next(history, Measures.of(snapshot), TrendOptions.defaults());
      history = step.history();
      for (TrendDetector.Raised raised : step.signals()) {
        SchemaAssert.assertValid(
            OutgoingEvent.Type.SIGNAL, EventJson.parse(EventJson.toBytes(raised.signal())));
        seen.add("signal " + raised.signal().kind());
      }
    }
    return seen;
  }
}
