package io.oomstream.function;

import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A fleet's raw kmsg records as they come out of Kafka: every line of each log, the meaningless
 * ones too, stamped by the kernel's time, each with the moment at which it is read.
 *
 * @param at the moment of reading, on the scale of the records' times
 */
public record Deliveries(List<Delivery> all) {

  static final long START = 1_700_000_000_000L;

  /** One record and when it comes. */
  public record Delivery(RawRecord record, long at) {}

  /** Each log is a host; all in order. Hosts begin a second apart, partitions go round. */
  public static Deliveries inOrder(List<LabLogs.LabLog> hosts, int partitions) {
    return inOrder(hosts, partitions, 1_000, 0);
  }

  /**
   * The same.
   *
   * @param apartMs between the hosts' beginnings
   * @param skipped lines of each log's beginning that are left out
   */
  public static Deliveries inOrder(
      List<LabLogs.LabLog> hosts, int partitions, long apartMs, int skipped) {
    List<Delivery> all = new ArrayList<>();
    for (int host = 0; host < hosts.size(); host++) {
      EnvelopeDecoder clock = new EnvelopeDecoder(Envelope.AUTO, 1 << 20);
      long[] time = {0};
      int number = 0;
      Map<String, byte[]> headers =
          Map.of("host", ("host" + host).getBytes(StandardCharsets.UTF_8));
      List<byte[]> lines = hosts.get(host).lines();
      for (byte[] line : lines.subList(skipped, lines.size())) {
        RawRecord probe = new RawRecord("t", 0, 0, 0, null, line, Map.of());
        clock.decode(
            probe,
            view -> {
              if (view.kernelTimeUs() != LineView.ABSENT) {
                time[0] = view.kernelTimeUs() / 1000;
              }
            });
        long at = START + host * apartMs + time[0];
        all.add(
            new Delivery(
                new RawRecord(
                    "kernel.logs",
                    number % partitions,
                    100_000L * host + number,
                    at,
                    null,
                    line,
                    headers),
                at));
        number++;
      }
    }
    all.sort(Comparator.comparingLong(Delivery::at));
    return new Deliveries(all);
  }

  /** Each record comes up to {@code withinMs} late, and some come twice. */
  public Deliveries disturbed(long seed, long withinMs, double doubled) {
    Random random = new Random(seed);
    List<Delivery> disturbed = new ArrayList<>();
    for (Delivery delivery : all) {
      disturbed.add(later(delivery.record(), random.nextLong(withinMs)));
      if (random.nextDouble() < doubled) {
        RawRecord own = delivery.record();
        RawRecord again =
            new RawRecord(
                own.topic(),
                own.partition(),
                own.offset() + 50_000_000L,
                own.timestamp(),
                own.key(),
                own.value(),
                own.headers());
        disturbed.add(later(again, random.nextLong(withinMs)));
      }
    }
    disturbed.sort(Comparator.comparingLong(Delivery::at));
    return new Deliveries(disturbed);
  }

  /** Reads them as the source does: event time lags the newest record by two seconds. */
  void into(MiniJob job, Random watermarks) throws Exception {
    long newest = Long.MIN_VALUE;
    for (Delivery delivery : all) {
      job.read(delivery.record());
      newest = Math.max(newest, delivery.record().timestamp());
      if (watermarks.nextInt(20) == 0) {
        job.watermark(newest - 2_000);
      }
    }
  }

  private static Delivery later(RawRecord record, long delay) {
    return new Delivery(record, record.timestamp() + delay);
  }
}
