package io.oomstream.kafka;

import org.jspecify.annotations.Nullable;

/**
 * Kafka can't be used as asked. The message is one line for people: what is wrong and what to do.
 */
public final class KafkaSetupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KafkaSetupException(String message) {
    this(message, null);
  }

  public KafkaSetupException(String message, @Nullable Throwable cause) {
    super(message.replace("\r", "").replace('\n', ' '), cause);
  }
}
