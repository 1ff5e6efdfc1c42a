package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.function.catalogue.ShelfFunction;
import io.oomstream.workload.BookChange;
import io.oomstream.workload.Shelved;
import io.oomstream.workload.Word;
import io.oomstream.workload.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ShelfFunctionTest {

  private static final long START = 1_790_000_000_000L;

  private static KeyedOneInputStreamOperatorTestHarness<String, Word, BookChange> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new ShelfFunction()),
        Word::nodeKey,
        TypeInformation.of(String.class));
  }

  private static Word word(String node, int number, long saidMs) throws Exception {
    String id = String.format("%08x", number) + Words.ID.substring(8);
    String json = Words.link("a", node, "ns", "pod-0", Words.UID, "app", id, number, START / 1000);
    Word w = Words.read(json).get(0);
    return new Word(
        w.source(),
        w.containerId(),
        w.podUid(),
        w.node(),
        w.kubernetes(),
        w.labels(),
        w.startedAtMs(),
        saidMs);
  }

  /** What is known after the changes, by key and subject. */
  private static Map<String, Word> known(List<BookChange> changes) {
    Map<String, Word> known = new HashMap<>();
    for (BookChange change : changes) {
      String at = change.key() + " " + change.subject();
      if (change.word() == null) {
        assertThat(known.remove(at)).as("forgotten twice").isNotNull();
      } else {
        known.put(at, change.word());
      }
    }
    return known;
  }

  /** The words themselves are forgotten where they lie, in the event time of both inputs. */
  @Test
  void whichWordsThereAreIsForgottenTwoDaysAfterTheyWereLastSaid() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(word("n", 0, Long.MAX_VALUE - 5), START);
      harness.processElement(word("n", 1, START), START);
      harness.processElement(word("n", 2, START), START);
      harness.processElement(word("n", 2, START + 3_600_000), START);
      assertThat(known(harness.extractOutputValues())).hasSize(6);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      int before = harness.numKeyedStateEntries();
      harness.processWatermark(START + Shelved.KEEP_MS);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      harness.processElement(word("n", 3, START), START);
      assertThat(known(harness.extractOutputValues())).as("too old").hasSize(6);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(before);
      harness.processWatermark(START + Shelved.KEEP_MS + 3_600_000);
      harness.processElement(word("n", 1, START + 7_200_000), START);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.numKeyedStateEntries() + harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aNodesWordsAreBoundedAndTheOldestGo() throws Exception {
    try (var harness = harness()) {
      harness.open();
      int words = Shelved.MAX_WORDS + 10;
      for (int i = 0; i < words; i++) {
        harness.processElement(word("n", i, START + i), START);
      }
      harness.processElement(word("other", words, START), START);
      Map<String, Word> known = known(harness.extractOutputValues());
      assertThat(known).hasSize(2 * (words - Shelved.AT_ONCE + 1));
      assertThat(known.values().stream().mapToLong(Word::saidMs).filter(ms -> ms > START).min())
          .hasValue(START + Shelved.AT_ONCE);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.numKeyedStateEntries() + harness.numEventTimeTimers()).isZero();
    }
  }
}
