package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.Deliveries.Delivery;
import io.oomstream.lab.LabLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A failure or a change of parallelism anywhere in the stream changes no event. */
class FailoverTest {

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
  void atEveryThirdRecord() throws Exception {
    Map<String, String> undisturbed;
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      read(job, TWO_REPORTS, 0);
      job.end();
      undisturbed = job.validEvents();
    }
    assertThat(undisturbed.keySet().stream().filter(id -> id.startsWith("BLOCK")).count())
        .isGreaterThanOrEqualTo(2);
    for (int at = 0; at <= TWO_REPORTS.size(); at += 3) {
      Map<String, String> events = new TreeMap<>();
      MiniJob.Checkpoint checkpoint;
      try (MiniJob job = MiniJob.ofDefaults(1)) {
        job.processingTime(1);
        read(job, TWO_REPORTS.subList(0, at), 0);
        checkpoint = job.checkpoint();
        events.putAll(job.events());
        // What is read after the checkpoint is read again.
        read(job, TWO_REPORTS.subList(at, Math.min(TWO_REPORTS.size(), at + 40)), at);
      }
      try (MiniJob job = new MiniJob(1, AssembleSettings.defaults(), false, checkpoint)) {
        job.processingTime(1_000_000);
        read(job, TWO_REPORTS.subList(at, TWO_REPORTS.size()), at);
        job.end();
        assertThat(job.residue()).isZero();
        events.putAll(job.events());
      }
      OrderProperties.assertSame(events, undisturbed);
    }
  }

  @Test
  void rescaledInMidReport() throws Exception {
    List<LabLogs.LabLog> logs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      logs.add(LabLogs.one("6.1.0-50-amd64", "03-memcg2-kube", "kmsg.log"));
    }
    List<Delivery> deliveries = Deliveries.inOrder(logs, 3).all();
    Map<String, String> undisturbed = rescaled(deliveries, 1);
    OrderProperties.assertSame(rescaled(deliveries, 1, 3, 2), undisturbed);
    for (String type : List.of("KILL", "BLOCK")) {
      assertThat(undisturbed.keySet().stream().filter(id -> id.startsWith(type))).hasSize(12);
    }
    assertThat(undisturbed.keySet()).anyMatch(id -> id.startsWith("SIGNAL"));
  }

  /** The events by id, with a stop and a change of parallelism at even distances. */
  private static Map<String, String> rescaled(List<Delivery> deliveries, int... parallelisms)
      throws Exception {
    Map<String, String> events = new TreeMap<>();
    MiniJob.Checkpoint savepoint = null;
    for (int phase = 0; phase < parallelisms.length; phase++) {
      int from = deliveries.size() * phase / parallelisms.length;
      int to = deliveries.size() * (phase + 1) / parallelisms.length;
      try (MiniJob job =
          new MiniJob(parallelisms[phase], AssembleSettings.defaults(), false, savepoint)) {
        for (Delivery delivery : deliveries.subList(from, to)) {
          job.read(delivery.record());
        }
        if (to == deliveries.size()) {
          job.end();
          assertThat(job.residue()).isZero();
        } else {
          job.watermark(deliveries.get(to - 1).at() - 2_000);
        }
        job.events().forEach((id, event) -> assertThat(events.put(id, event)).as(id).isNull());
        savepoint = job.checkpoint();
      }
    }
    return events;
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

  private static String text(Delivery delivery) {
    RawRecord record = delivery.record();
    byte[] value = record.value();
    return value == null ? "" : new String(value, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
