package io.oomstream.function;

import io.oomstream.anomaly.Unnamed;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.catalogue.ShelfFunction;
import io.oomstream.function.catalogue.WordFunction;
import io.oomstream.workload.BookChange;
import io.oomstream.workload.Word;
import io.oomstream.workload.WordReader;
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

  final Subtasks<RawRecord, Void, Word> words;
  final Subtasks<Word, Void, BookChange> shelf;
  final Subtasks<Unnamed, BookChange, OutgoingEvent> names;

  /** What was asked about, since it was taken. */
  final List<Unnamed> asked = new ArrayList<>();

  /** Event time of the catalogue. */
  long time = Long.MIN_VALUE;

  MiniCatalogue(int parallelism, JobConfig config, Map<String, OperatorSubtaskState> states)
      throws Exception {
    Set<String> labels = Set.copyOf(config.get(OomOptions.NAME_LABELS));
    words =
        Subtasks.of(
            parallelism,
            () -> new ProcessOperator<>(new WordFunction(new WordReader(labels))),
            states.get("words"));
    shelf =
        Subtasks.keyed(
            parallelism,
            () -> new KeyedProcessOperator<>(new ShelfFunction()),
            Word::nodeKey,
            String.class,
            states.get("shelf"));
    names =
        Subtasks.connected(
            parallelism,
            () ->
                new KeyedCoProcessOperator<>(
                    new NameFunction(
                        config.namesWaitMs(), config.get(OomOptions.STALL_TIME).toMillis())),
            Unnamed::key,
            BookChange::key,
            states.get("names"));
  }

  Map<String, Subtasks<?, ?, ?>> operators() {
    return Map.of("words", words, "shelf", shelf, "names", names);
  }

  void read(RawRecord record) throws Exception {
    words.element(record.partition() % words.parallelism(), record, record.timestamp());
  }

  void join(List<Unnamed> elements) throws Exception {
    for (Unnamed element : elements) {
      asked.add(element);
      names.element(element, 0);
    }
  }

  void drain(List<DeadLetter> deadLetters) throws Exception {
    words.take(Outputs.DEAD_LETTERS, deadLetters::add);
    for (Word word : words.take()) {
      shelf.element(word, word.saidMs());
    }
    for (BookChange change : shelf.take()) {
      names.other(change, 0);
    }
  }
}
