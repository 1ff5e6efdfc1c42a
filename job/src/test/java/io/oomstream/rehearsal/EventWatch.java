package io.oomstream.rehearsal;

import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A consumer of the events, and when each came. */
final class EventWatch implements AutoCloseable {

  private static final Duration WAIT = Duration.ofMillis(50);

  private final String servers;
  private final TopicReader.Isolation isolation;
  private final Map<String, TopicReader> readers = new HashMap<>();
  private final Map<String, List<String>> values = new TreeMap<>();

  /** When an event came that had not come before. */
  private final List<Long> arrivals = new ArrayList<>();

  private final Thread thread = new Thread(this::watch, "events");
  private volatile boolean closed;
  private long lastNs = System.nanoTime();

  EventWatch(String servers, List<String> topics, TopicReader.Isolation isolation) {
    this.servers = servers;
    this.isolation = isolation;
    topics.forEach(this::open);
    thread.setDaemon(true);
    thread.start();
  }

  /** A topic's consumers begin anew when it is made again. */
  void reopen(String topic) {
    synchronized (this) {
      readers.remove(topic).close();
      open(topic);
    }
  }

  /** Every value by type and id, as often as it came. */
  Map<String, List<String>> values() {
    synchronized (this) {
      return new TreeMap<>(values);
    }
  }

  /** How long nothing has come, seconds. */
  double quiet() {
    synchronized (this) {
      return (System.nanoTime() - lastNs) / 1e9;
    }
  }

  /** The longest time without a new event that ends after the moment, seconds. */
  double longestSilence(long afterNs) {
    synchronized (this) {
      double longest = 0;
      long before = afterNs;
      for (long at : arrivals) {
        if (at > afterNs) {
          longest = Math.max(longest, (at - before) / 1e9);
          before = at;
        }
      }
      return longest;
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
    readers.values().forEach(TopicReader::close);
  }

  private void open(String topic) {
    readers.put(topic, new TopicReader(servers, List.of(topic), isolation));
  }

  private void watch() {
    while (!closed) {
      synchronized (this) {
        for (TopicReader reader : readers.values()) {
          reader.poll(WAIT).forEach(this::take);
        }
      }
      pause();
    }
  }

  /** Lets those in who ask. */
  private void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private void take(ConsumedRecord record) {
    String id = record.header("ce_type") + " " + record.header("ce_id");
    List<String> same = values.computeIfAbsent(id, k -> new ArrayList<>());
    lastNs = System.nanoTime();
    if (same.isEmpty()) {
      arrivals.add(lastNs);
    }
    same.add(record.valueText());
  }
}
