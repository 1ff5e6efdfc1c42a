package io.oomstream.format.json;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of a custom JSON format: for each role a name, or a path of names separated by points.
 * Without {@link Role#MESSAGE} there is no custom format.
 */
public record FieldNames(Map<Role, String> paths) implements Serializable {

  /** The meaning of a field. */
  public enum Role {
    MESSAGE,
    HOST,
    /** Wall clock: ISO 8601, or seconds, milli- or microseconds since the epoch. */
    TIME,
    /** Syslog facility, a number or a word. */
    FACILITY,
    /** Syslog severity, a number or a word. */
    LEVEL,
    /** The kernel's record number. */
    SEQUENCE,
    BOOT_ID,
    /** Microseconds since boot. */
    KERNEL_TIME
  }

  public static final FieldNames NONE = new FieldNames(Map.of());

  public FieldNames {
    paths = Map.copyOf(paths);
  }

  /**
   * Reads {@code role=name}, as in {@code message=log.text}.
   *
   * @param given from roles ({@code host}, {@code kernel-time}) to names
   * @throws IllegalArgumentException if a role is unknown, a name is empty, or there are names but
   *     none for the message
   */
  public static FieldNames parse(Map<String, String> given) {
    Map<Role, String> paths = new EnumMap<>(Role.class);
    given.forEach(
        (role, path) -> {
          if (path.isBlank()) {
            throw new IllegalArgumentException("the name for " + role + " is empty");
          }
          paths.put(role(role), path.strip());
        });
    if (!paths.isEmpty() && !paths.containsKey(Role.MESSAGE)) {
      throw new IllegalArgumentException("there must be a name for message");
    }
    return new FieldNames(paths);
  }

  private static Role role(String name) {
    for (Role role : Role.values()) {
      if (role.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name.strip())) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "unknown field "
            + name
            + "; there are message, host, time, facility, level, sequence, boot-id, kernel-time");
  }
}
