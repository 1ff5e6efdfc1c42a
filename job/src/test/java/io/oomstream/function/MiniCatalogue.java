package io.oomstream.function;

import io.oomstream.anomaly.Unnamed;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.catalogue.CatalogueReadFunction;
import io.oomstream.function.catalogue.CatalogueRetentionFunction;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.CatalogueReader;
import io.oomstream.workload.KnownNamesChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.jspecify.annotations.NullUnmarked;

/** The part of a {@link MiniJob} that knows names: the catalogue and the join. */
@NullUnmarked
final class MiniCatalogue {

  final Subtasks<RawRecord, Void, CatalogueEntry> entries;
  final Subtasks<CatalogueEntry, Void, KnownNamesChange> retained;
  final Subtasks<Unnamed, KnownNamesChange, OutgoingEvent> names;

  /** What was asked about, since it was taken. */
  final List<Unnamed> asked = new ArrayList<>();

  /** Event time of the catalogue. */
  long time = Long.MIN_VALUE;

  MiniCatalogue(int parallelism, JobConfig config, Map<String, OperatorSubtaskState> states)
      throws Exception {
    Set<String> labels = Set.copyOf(config.get(OomOptions.NAME_LABELS));
    entries =
        Subtasks.of(
            parallelism,
            () -> new ProcessOperator<>(new CatalogueReadFunction(new CatalogueReader(labels))),
            states.get("catalogue"));
    retained =
        Subtasks.keyed(
            parallelism,
            () -> new KeyedProcessOperator<>(new CatalogueRetentionFunction()),
            CatalogueEntry::nodeKey,
            String.class,
            states.get("retained-entries"));
    names =
        Subtasks.connected(
            parallelism,
            () ->
                new KeyedCoProcessOperator<>(
                    new NameFunction(
                        config.namesWaitMs(), config.get(OomOptions.STALL_TIME).toMillis())),
            Unnamed::key,
            KnownNamesChange::key,
            states.get("names"));
  }

  Map<String, Subtasks<?, ?, ?>> operators() {
    return Map.of("catalogue", entries, "retained-entries", retained, "names", names);
  }

  void read(RawRecord record) throws Exception {
    entries.element(record.partition() % entries.parallelism(), record, record.timestamp());
  }

  void join(List<Unnamed> elements) throws Exception {
    for (Unnamed element : elements) {
      asked.add(element);
      names.element(element, 0);
    }
  }

  void drain(List<DeadLetter> deadLetters) throws Exception {
    entries.take(Outputs.DEAD_LETTERS, deadLetters::add);
    for (CatalogueEntry entry : entries.take()) {
      retained.element(entry, entry.recordedAtMs());
    }
    for (KnownNamesChange change : retained.take()) {
      names.other(change, 0);
    }
  }
}
