package io.oomstream.rehearsal;

import io.oomstream.kafka.local.TopicWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's shippers: they go on whatever happens to the job, and keep what a dead broker does
 * not take. Records are some minutes old when they are written, so that what follows the last one
 * can bring event time forward without coming from the future.
 */
final class Feed implements AutoCloseable {

  /** Less than what makes a partition suspected of a wrong clock. */
  private static final Duration AGE = Duration.ofMinutes(8);

  private static final Duration STEP = Duration.ofSeconds(30);

  /**
   * A shipper keeps what it can't write, however busy the machine is that the broker comes back on.
   */
  private static final Map<String, String> PATIENT =
      Map.of("max.block.ms", "600000", "delivery.timeout.ms", "600000");

  private final TopicWriter writer;
  private final String topic;
  private final List<LiveFleet.Shipped> records;
  private final long firstMs;
  private final double stretch;
  private final AtomicBoolean paused = new AtomicBoolean();
  private @Nullable Thread thread;
  private volatile @Nullable RuntimeException failure;
  private long begin;
  private long waitedNs;

  private Feed(
      String servers, String topic, List<LiveFleet.Shipped> records, Duration age, double stretch) {
    this.writer = new TopicWriter(servers, PATIENT);
    this.topic = topic;
    this.records = records;
    this.firstMs = System.currentTimeMillis() - age.toMillis();
    this.stretch = stretch;
  }

  static Feed live(String servers, String topic, List<LiveFleet.Shipped> records) {
    return new Feed(servers, topic, records, AGE, 1);
  }

  /** The same records, whose times are spread over the time before the last minutes. */
  static Feed backlog(
      String servers, String topic, List<LiveFleet.Shipped> records, Duration span) {
    double seconds = records.get(records.size() - 1).second();
    return new Feed(servers, topic, records, AGE.plus(span), span.toSeconds() / seconds);
  }

  /** Writes each record at its time. */
  void start() {
    begin = System.nanoTime();
    Thread started = new Thread(this::write, "feed");
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  /** Writes all records at once. */
  void writeAll() {
    records.forEach(this::send);
    writer.flush();
  }

  void pause(boolean pause) {
    paused.set(pause);
  }

  /** Returns at that second of the feed. */
  void await(double second) throws InterruptedException {
    while (elapsed() < second) {
      Thread.sleep(20);
    }
  }

  /** Waits for the last record, and for the broker to have all. */
  void awaitEnd() throws InterruptedException {
    if (thread != null) {
      thread.join();
    }
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
    writer.flush();
  }

  /** Brings event time to now, in steps. */
  void passTime() throws InterruptedException {
    long now = System.currentTimeMillis();
    byte[] chatter = LiveFleet.chatter();
    long lastMs = time(records.get(records.size() - 1));
    for (long ms = lastMs; ms <= now; ms += STEP.toMillis()) {
      for (int partition = 0; partition < LiveFleet.PARTITIONS; partition++) {
        writer.send(topic, partition, null, chatter, ms, Map.of());
      }
      writer.flush();
      Thread.sleep(100);
    }
  }

  int size() {
    return records.size();
  }

  @Override
  public void close() {
    writer.close();
  }

  private double elapsed() {
    return (System.nanoTime() - begin - waitedNs) / 1e9;
  }

  private void write() {
    try {
      for (LiveFleet.Shipped record : records) {
        while (paused.get() || elapsed() < record.second()) {
          long before = System.nanoTime();
          Thread.sleep(5);
          if (paused.get()) {
            waitedNs += System.nanoTime() - before;
          }
        }
        send(record);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void send(LiveFleet.Shipped record) {
    writer.send(topic, record.partition(), null, record.value(), time(record), Map.of());
  }

  private long time(LiveFleet.Shipped record) {
    return firstMs + Math.round(record.second() * stretch * 1000);
  }
}
