package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.function.catalogue.CatalogueRetentionFunction;
import io.oomstream.workload.CatalogueEntries;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.KnownNamesChange;
import io.oomstream.workload.RetainedEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CatalogueRetentionFunctionTest {

  private static final long START = 1_790_000_000_000L;

  private static KeyedOneInputStreamOperatorTestHarness<String, CatalogueEntry, KnownNamesChange>
      harness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new CatalogueRetentionFunction()),
        CatalogueEntry::nodeKey,
        TypeInformation.of(String.class));
  }

  private static CatalogueEntry entry(String node, int number, long recordedAtMs) throws Exception {
    String id = String.format("%08x", number) + CatalogueEntries.ID.substring(8);
    String json =
        CatalogueEntries.link(
            "a", node, "ns", "pod-0", CatalogueEntries.UID, "app", id, number, START / 1000);
    CatalogueEntry w = CatalogueEntries.read(json).get(0);
    return new CatalogueEntry(
        w.source(),
        w.containerId(),
        w.podUid(),
        w.node(),
        w.kubernetes(),
        w.labels(),
        w.startedAtMs(),
        recordedAtMs);
  }

  /** What is known after the changes, by key and subject. */
  private static Map<String, CatalogueEntry> known(List<KnownNamesChange> changes) {
    Map<String, CatalogueEntry> known = new HashMap<>();
    for (KnownNamesChange change : changes) {
      String at = change.key() + " " + change.subject();
      if (change.entry() == null) {
        assertThat(known.remove(at)).as("forgotten twice").isNotNull();
      } else {
        known.put(at, change.entry());
      }
    }
    return known;
  }

  /** The entries themselves are forgotten where they lie, in the event time of both inputs. */
  @Test
  void whichWordsThereAreIsForgottenTwoDaysAfterTheyWereLastSaid() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(entry("n", 0, Long.MAX_VALUE - 5), START);
      harness.processElement(entry("n", 1, START), START);
      harness.processElement(entry("n", 2, START), START);
      harness.processElement(entry("n", 2, START + 3_600_000), START);
      assertThat(known(harness.extractOutputValues())).hasSize(6);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      int before = harness.numKeyedStateEntries();
      harness.processWatermark(START + RetainedEntry.KEEP_MS);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      harness.processElement(entry("n", 3, START), START);
      assertThat(known(harness.extractOutputValues())).as("too old").hasSize(6);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(before);
      harness.processWatermark(START + RetainedEntry.KEEP_MS + 3_600_000);
      harness.processElement(entry("n", 1, START + 7_200_000), START);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.numKeyedStateEntries() + harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aNodesWordsAreBoundedAndTheOldestGo() throws Exception {
    try (var harness = harness()) {
      harness.open();
      int entries = RetainedEntry.MAX_ENTRIES + 10;
      for (int i = 0; i < entries; i++) {
        harness.processElement(entry("n", i, START + i), START);
      }
      harness.processElement(entry("other", entries, START), START);
      Map<String, CatalogueEntry> known = known(harness.extractOutputValues());
      assertThat(known).hasSize(2 * (entries - RetainedEntry.AT_ONCE + 1));
      assertThat(
              known.values().stream()
                  .mapToLong(CatalogueEntry::recordedAtMs)
                  .filter(ms -> ms > START)
                  .min())
          .hasValue(START + RetainedEntry.AT_ONCE);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.numKeyedStateEntries() + harness.numEventTimeTimers()).isZero();
    }
  }
}
