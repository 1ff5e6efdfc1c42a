package io.oomstream.intake;

import io.oomstream.format.line.RawRecord;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host of a record whose envelope names none: a header, else the record's key if it reads like
 * a host name. Without either the lines of a partition stay together, and their events name no
 * host.
 *
 * @param header name of the header
 * @param fromKey whether the key may be a host's name
 */
public record HostName(String header, boolean fromKey) implements Serializable {

  /** Names the host in so many words, so it is taken as it is. */
  public static final String HEADER = "oomstream-host";

  private static final int LONGEST_NAME = 253;

  public static HostName defaults() {
    return new HostName("host", true);
  }

  public @Nullable String of(RawRecord record) {
    Map<String, byte[]> headers = record.headers();
    byte[] given = headers.isEmpty() ? null : headers.get(HEADER);
    if (given != null && given.length > 0) {
      return new String(given, StandardCharsets.UTF_8);
    }
    byte[] name = unchecked(record);
    return name != null && isHostName(name) ? new String(name, StandardCharsets.US_ASCII) : null;
  }

  /** The bytes that stand for a record's host where its envelope names none; null for none. */
  byte @Nullable [] bytesOf(RawRecord record) {
    byte[] given = record.headers().isEmpty() ? null : record.headers().get(HEADER);
    return given != null && given.length > 0 ? given : unchecked(record);
  }

  private byte @Nullable [] unchecked(RawRecord record) {
    byte[] name = record.headers().isEmpty() ? null : record.headers().get(header);
    return name == null && fromKey ? record.key() : name;
  }

  private static boolean isHostName(byte[] name) {
    if (name.length == 0 || name.length > LONGEST_NAME) {
      return false;
    }
    for (byte b : name) {
      boolean fits =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '.'
              || b == '-'
              || b == '_'
              || b == ':';
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
