package io.oomstream.kafka;

import org.jspecify.annotations.Nullable;

/**
 * Kafka can't be used with these options. The message is one line: what is wrong and what to do.
 */
public final class KafkaSetupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean mayPass;

  public KafkaSetupException(String message) {
    this(message, null);
  }

  public KafkaSetupException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  private KafkaSetupException(String message, @Nullable Throwable cause, boolean mayPass) {
    super(message.replace("\r", "").replace('\n', ' '), cause);
    this.mayPass = mayPass;
  }

  /** For errors that can pass with the same options: Kafka is down, a topic does not exist yet. */
  static KafkaSetupException passing(String message, @Nullable Throwable cause) {
    return new KafkaSetupException(message, cause, true);
  }

  /** Whether the same options can work later. */
  public boolean mayPass() {
    return mayPass;
  }
}
