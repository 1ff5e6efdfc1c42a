package io.oomstream.event;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event ready for its topic: CloudEvents attributes and the data as JSON.
 *
 * @param id the same log lines give the same id on every run
 * @param key the Kafka record's key
 * @param source the CloudEvents source
 * @param time absent if the log has no wall clock
 * @param data UTF-8 JSON
 */
public record OutgoingEvent(
    Type type,
    String id,
    @Nullable String key,
    String source,
    @Nullable String subject,
    @Nullable Instant time,
    byte[] data) {

  /** The three kinds of events, their CloudEvents type and schema. */
  public enum Type {
    KILL("io.oomstream.kill.v1", "kill-1.0"),
    SIGNAL("io.oomstream.signal.v1", "signal-1.0"),
    BLOCK("io.oomstream.block.v1", "block-1.0");

    private final String ceType;
    private final String schema;

    Type(String ceType, String schema) {
      this.ceType = ceType;
      this.schema = schema;
    }

    public String ceType() {
      return ceType;
    }

    /**
     * The schema's {@code $id}, and the path of its file on the class path behind {@code /schema/}.
     */
    public String dataSchema() {
      return "https://oomstream.io/schema/" + schema + ".json";
    }

    /** The schema's resource in this jar. */
    public String schemaResource() {
      return "/schema/" + schema + ".json";
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutgoingEvent that
        && type == that.type
        && id.equals(that.id)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
