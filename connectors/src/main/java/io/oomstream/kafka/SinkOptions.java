package io.oomstream.kafka;

import java.time.Duration;

/**
 * How a job's sinks deliver.
 *
 * @param jobId names the job in its transactions: the same over restarts, and no other job's
 * @param transactionTimeout after what time the broker gives up a transaction that no checkpoint
 *     ended; no more than the broker's {@code transaction.max.timeout.ms}, and more than the
 *     longest outage that may lose nothing
 * @param maxRecordBytes what the topics take, compressed: their {@code max.message.bytes} or a
 *     little less. A dead letter above it goes without its value, an event above it trimmed
 */
public record SinkOptions(
    Delivery delivery, String jobId, Duration transactionTimeout, int maxRecordBytes) {

  /** What a consumer may see after a failure. */
  public enum Delivery {
    /** At once, and after a failure perhaps again, with the same id. */
    AT_LEAST_ONCE,
    /** Once, when the checkpoint completes; consumers must read committed records only. */
    EXACTLY_ONCE
  }

  /** The broker's own default of the longest transaction. */
  public static final Duration DEFAULT_TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  /** A little less than a topic takes by default, 1 MiB and 12 bytes. */
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
    return new SinkOptions(delivery, jobId, DEFAULT_TRANSACTION_TIMEOUT, DEFAULT_MAX_RECORD_BYTES);
  }
}
