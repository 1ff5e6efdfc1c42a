package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.HostLine;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.Deliveries.Delivery;
import io.oomstream.intake.DecodeSettings;
import io.oomstream.intake.HostName;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is known of dropped sequence numbers is the same at any parallelism and after any restore,
 * with a host's lines spread over partitions.
 */
class DecoderRestoreTest {

  private static final int PARTITIONS = 5;
  private static final int SUBTASKS = 8;
  private static final LabLogs.LabLog LOG =
      LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log");
  private static final List<RawRecord> RECORDS = records();
  private static final Map<Integer, List<String>> UNDISTURBED = decoded(RECORDS, false, 1);

  @Test
  void theLinesBringRunsOfDroppedNumbersAndNotes() {
    List<String> all = UNDISTURBED.values().stream().flatMap(List::stream).toList();
    assertThat(all.stream().filter(line -> !line.contains("passed null"))).hasSizeGreaterThan(50);
    assertThat(all.stream().filter(line -> line.startsWith("NOTE"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void atAnyParallelism(int parallelism) {
    assertThat(decoded(RECORDS, false, parallelism)).isEqualTo(UNDISTURBED);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,3", "3,2", "2,8", "8,1"})
  void afterRestoresWithAnyParallelism(int first, int second) {
    assertThat(decoded(RECORDS, false, first, second)).isEqualTo(UNDISTURBED);
    assertThat(decoded(RECORDS, false, first, second, first, second, 4)).isEqualTo(UNDISTURBED);
  }

  @Test
  void afterARestoreAtAnyPoint() {
    int[] often = new int[60];
    Arrays.setAll(often, i -> 1 + i % 3);
    assertThat(decoded(RECORDS, false, often)).isEqualTo(UNDISTURBED);
  }

  /** A partition that nobody reads between two checkpoints is handed on. */
  @Test
  void whatIsKnownOfAQuietPartitionSurvivesTwoRestores() {
    List<RawRecord> quiet = new ArrayList<>(RECORDS);
    int half = quiet.size() / 2;
    List<RawRecord> middle = quiet.subList(half, half + quiet.size() / 4);
    List<RawRecord> others = middle.stream().filter(r -> r.partition() != 2).toList();
    middle.clear();
    quiet.addAll(half, others);
    assertThat(decoded(quiet, false, 3, 1, 2, 3, 2, 1, 3, 2)).isEqualTo(decoded(quiet, false, 1));
  }

  /** A refused line was there: the next block must not count it, nor what passed before it. */
  @Test
  void anUnprovenLineIsNotMissingAndEmptiesNothing() {
    List<RawRecord> records = new ArrayList<>();
    String[] lines = {
      "4,100,1000,-;Mem-Info:",
      "6,101,1001,-;eth0: up",
      "{\"priority\":4,\"sequence\":102,\"sec\":0,\"usec\":1002,\"msg\":\"Mem-Info:\"}",
      "6,103,1003,-;eth0: up",
      "4,104,1004,-;Mem-Info:"
    };
    Map<String, byte[]> headers = Map.of("host", "a".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < lines.length; i++) {
      byte[] value = lines[i].getBytes(StandardCharsets.UTF_8);
      records.add(new RawRecord("t", 0, i, 0, null, value, headers));
    }
    List<String> kept = decoded(records, true, 1).getOrDefault(0, List.of());
    assertThat(kept).isNotEmpty();
    assertThat(kept.get(kept.size() - 1)).contains("seq 104 passed [101, 103]");
  }

  /** What the decoders send on, by partition, with a restore between each two parallelisms. */
  private static Map<Integer, List<String>> decoded(
      List<RawRecord> records, boolean proof, int... parallelisms) {
    Map<Integer, List<String>> kept = new TreeMap<>();
    OperatorSubtaskState state = null;
    int before = 0;
    try {
      for (int phase = 0; phase < parallelisms.length; phase++) {
        int parallelism = parallelisms[phase];
        List<RawRecord> part =
            records.subList(
                records.size() * phase / parallelisms.length,
                records.size() * (phase + 1) / parallelisms.length);
        List<OperatorSubtaskState> parts = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
          try (var harness = harness(proof, parallelism, subtask)) {
            if (state != null) {
              harness.initializeState(
                  AbstractStreamOperatorTestHarness.repartitionOperatorState(
                      state, SUBTASKS, before, parallelism, subtask));
            }
            harness.open();
            for (RawRecord record : part) {
              // Another subtask has the partition after each restore.
              if ((record.partition() + phase) % parallelism == subtask) {
                harness.processElement(record, record.timestamp());
              }
            }
            for (HostLine line : harness.extractOutputValues()) {
              kept.computeIfAbsent(line.line().partition(), p -> new ArrayList<>())
                  .add(described(line));
            }
            parts.add(harness.snapshot(1, 1));
          }
        }
        state =
            AbstractStreamOperatorTestHarness.repackageState(
                parts.toArray(OperatorSubtaskState[]::new));
        before = parallelism;
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return kept;
  }

  private static String described(HostLine line) {
    return line.kind()
        + " "
        + line.line().key()
        + " seq "
        + line.line().sequence()
        + " passed "
        + Arrays.toString(line.passed());
  }

  private static OneInputStreamOperatorTestHarness<RawRecord, HostLine> harness(
      boolean proof, int parallelism, int subtask) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new ProcessOperator<>(
            new DecodeFunction(
                new DecodeSettings(
                    Envelope.AUTO,
                    65_536,
                    ZoneOffset.UTC,
                    FieldNames.NONE,
                    HostName.defaults(),
                    proof))),
        SUBTASKS,
        parallelism,
        subtask);
  }

  /** Four hosts over all partitions, a little out of order, with holes. */
  private static List<RawRecord> records() {
    List<RawRecord> records = new ArrayList<>();
    List<Delivery> all =
        Deliveries.inOrder(List.of(LOG, LOG, LOG, LOG), PARTITIONS).disturbed(7, 3_000, 0.02).all();
    for (int i = 0; i < all.size(); i++) {
      if (i % 37 != 0) {
        records.add(all.get(i).record());
      }
    }
    return records;
  }
}
