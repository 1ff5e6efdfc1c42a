package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.Deliveries.Delivery;
import io.oomstream.lab.LabLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** A failure or a change of parallelism anywhere in the stream changes no event. */
class FailoverTest {

  private static final int SUBTASKS = 128;
  private static final List<Delivery> TWO_REPORTS = twoReports();

  /** One host's records with two reports: all that the decoder keeps, and some that it drops. */
  private static List<Delivery> twoReports() {
    LabLogs.LabLog log = LabLogs.one("6.1.0-50-arm64", "15-memcg-parallel", "kmsg.log");
    List<Delivery> all = Deliveries.inOrder(List.of(log), 2).disturbed(9, 2_000, 0.05).all();
    int from = 0;
    while (!text(all.get(from)).contains("invoked oom-killer")) {
      from++;
    }
    return all.subList(Math.max(0, from - 10), all.size());
  }

  @Test
  void atEveryRecord() throws Exception {
    Map<String, String> undisturbed;
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      read(job, TWO_REPORTS, 0);
      job.end();
      undisturbed = job.validEvents();
    }
    assertThat(undisturbed.keySet().stream().filter(id -> id.startsWith("BLOCK")).count())
        .isGreaterThanOrEqualTo(2);
    for (int at = 0; at <= TWO_REPORTS.size(); at++) {
      Map<String, String> events = new TreeMap<>();
      OperatorSubtaskState checkpoint;
      try (MiniJob job = MiniJob.ofDefaults(1)) {
        job.processingTime(1);
        read(job, TWO_REPORTS.subList(0, at), 0);
        checkpoint = job.assembler.snapshot(1, 1);
        events.putAll(job.events());
        // What is read after the checkpoint is read again.
        read(job, TWO_REPORTS.subList(at, Math.min(TWO_REPORTS.size(), at + 40)), at);
      }
      try (MiniJob job = new MiniJob(1, AssembleSettings.defaults(), false, checkpoint)) {
        job.processingTime(1_000_000);
        read(job, TWO_REPORTS.subList(at, TWO_REPORTS.size()), at);
        job.end();
        assertThat(job.residue()).isZero();
        events.putAll(withoutWindows(job));
      }
      OrderProperties.assertSame(withoutWindows(events), withoutWindows(undisturbed));
    }
  }

  @Test
  void rescaledInMidReport() throws Exception {
    List<LabLogs.LabLog> logs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      logs.add(LabLogs.one("6.1.0-50-amd64", "03-memcg2-kube", "kmsg.log"));
    }
    List<HostLine> lines = new ArrayList<>();
    try (MiniJob decoder = MiniJob.ofDefaults(1)) {
      for (Delivery delivery : Deliveries.inOrder(logs, 1).all()) {
        lines.addAll(decoder.decode(delivery.record()));
      }
    }
    Map<String, String> undisturbed = rescaled(lines, 1);
    OrderProperties.assertSame(rescaled(lines, 1, 3, 2), undisturbed);
    for (String type : List.of("KILL", "BLOCK")) {
      assertThat(undisturbed.keySet().stream().filter(id -> id.startsWith(type))).hasSize(12);
    }
  }

  /** The events by id, with a stop and a change of parallelism at even distances. */
  private static Map<String, String> rescaled(List<HostLine> lines, int... parallelisms)
      throws Exception {
    Map<String, String> events = new TreeMap<>();
    OperatorSubtaskState state = null;
    int before = 0;
    for (int phase = 0; phase < parallelisms.length; phase++) {
      int parallelism = parallelisms[phase];
      int from = lines.size() * phase / parallelisms.length;
      int to = lines.size() * (phase + 1) / parallelisms.length;
      List<OperatorSubtaskState> parts = new ArrayList<>();
      for (int subtask = 0; subtask < parallelism; subtask++) {
        try (var harness = harness(parallelism, subtask)) {
          if (state != null) {
            harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    state, SUBTASKS, before, parallelism, subtask));
          }
          harness.open();
          for (HostLine line : lines.subList(from, to)) {
            if (subtaskOf(line, parallelism) == subtask) {
              harness.processElement(line, line.effectiveTime());
            }
          }
          if (phase == parallelisms.length - 1) {
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(harness.numKeyedStateEntries()).isZero();
          } else {
            harness.processWatermark(lines.get(to - 1).effectiveTime() - 2_000);
          }
          Map<String, String> told = MiniJob.events(harness.extractOutputValues());
          told.forEach((id, event) -> assertThat(events.put(id, event)).as(id).isNull());
          parts.add(harness.snapshot(phase, phase));
        }
      }
      state =
          AbstractStreamOperatorTestHarness.repackageState(
              parts.toArray(OperatorSubtaskState[]::new));
      before = parallelism;
    }
    return events;
  }

  private static int subtaskOf(HostLine line, int parallelism) {
    return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
        line.line().key(), SUBTASKS, parallelism);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> harness(
      int parallelism, int subtask) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new AssembleFunction(AssembleSettings.defaults())),
        line -> line.line().key(),
        TypeInformation.of(String.class),
        SUBTASKS,
        parallelism,
        subtask);
  }

  private static void read(MiniJob job, List<Delivery> deliveries, int from) throws Exception {
    for (int i = 0; i < deliveries.size(); i++) {
      job.read(deliveries.get(i).record());
      if ((from + i) % 5 == 0) {
        job.watermark(newest(from + i) - 2_000);
      }
    }
  }

  private static long newest(int to) {
    long newest = Long.MIN_VALUE;
    for (Delivery delivery : TWO_REPORTS.subList(0, to + 1)) {
      newest = Math.max(newest, delivery.record().timestamp());
    }
    return newest;
  }

  /** Windows are the next operator's, whose state this test does not carry over. */
  private static Map<String, String> withoutWindows(Map<String, String> events) {
    Map<String, String> kept = new TreeMap<>(events);
    kept.values().removeIf(event -> event.contains("\"window\":"));
    return kept;
  }

  private static Map<String, String> withoutWindows(MiniJob job) {
    return withoutWindows(job.events());
  }

  private static String text(Delivery delivery) {
    RawRecord record = delivery.record();
    byte[] value = record.value();
    return value == null ? "" : new String(value, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
