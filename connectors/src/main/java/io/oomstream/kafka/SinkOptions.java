package io.oomstream.kafka;

import io.oomstream.event.Privacy;
import java.time.Duration;

/**
 * How a job's sinks deliver.
 *
 * @param jobId prefix of the job's transactions: constant over restarts and unique
 * @param transactionTimeout after what time the broker aborts a transaction without a completed
 *     checkpoint; at most the broker's {@code transaction.max.timeout.ms}, and longer than the
 *     longest outage that must not lose data
 * @param maxRecordBytes the topics' limit, compressed: their {@code max.message.bytes} or a little
 *     less. A larger dead letter is written without its value, a larger event is trimmed
 * @param privacy which names and texts leave as they are
 * @param contentMode how events are written
 */
public record SinkOptions(
    Delivery delivery,
    String jobId,
    Duration transactionTimeout,
    int maxRecordBytes,
    Privacy privacy,
    ContentMode contentMode) {

  /** The content modes of CloudEvents' Kafka binding. */
  public enum ContentMode {
    /** Attributes are headers, the value is the data. */
    BINARY,
    /** The value is the whole event as JSON, with the data under {@code data}. */
    STRUCTURED
  }

  /** What a consumer sees after a failure. */
  public enum Delivery {
    /** Events at once, and possibly again after a failure, with the same id. */
    AT_LEAST_ONCE,
    /** Events once, when the checkpoint completes; consumers must read committed records only. */
    EXACTLY_ONCE
  }

  /** The broker's default of the longest transaction. */
  public static final Duration DEFAULT_TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  /** A little less than a topic's default limit of 1 MiB and 12 bytes. */
  public static final int DEFAULT_MAX_RECORD_BYTES = 1_000_000;

  private static final int LEAST_RECORD_BYTES = 65_536;

  /**
   * @throws KafkaSetupException with a line for people
   */
  public SinkOptions {
    if (jobId.isBlank()) {
      throw new KafkaSetupException(
          "the job's id is empty: name one that no other job on this Kafka uses");
    }
    if (transactionTimeout.compareTo(Duration.ofSeconds(1)) < 0
        || transactionTimeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
      throw new KafkaSetupException(
          "transaction timeout " + transactionTimeout + " is not from 1 s to 24 days");
    }
    if (maxRecordBytes < LEAST_RECORD_BYTES) {
      throw new KafkaSetupException(
          "record limit of " + maxRecordBytes + " bytes is less than " + LEAST_RECORD_BYTES);
    }
  }

  /** With the default limits. */
  public static SinkOptions of(Delivery delivery, String jobId) {
    return new SinkOptions(
        delivery,
        jobId,
        DEFAULT_TRANSACTION_TIMEOUT,
        DEFAULT_MAX_RECORD_BYTES,
        Privacy.OPEN,
        ContentMode.BINARY);
  }
}
