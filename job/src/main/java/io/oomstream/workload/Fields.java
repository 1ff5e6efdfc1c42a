package io.oomstream.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.block.text.FieldName;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Fields of a record, each checked: absent is null, and what can't be is refused by its name. */
final class Fields {

  /** Names of Kubernetes have 253 characters at most. */
  private static final int MAX_TEXT = 253;

  private static final int MAX_LABELS = 32;

  /** Greater numbers are milliseconds: as seconds they are past the year 5000. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  private Fields() {}

  static @Nullable String text(JsonNode object, String field) throws BadEntryException {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new BadEntryException(field + " must be a text");
    }
    return checked(field, value.textValue());
  }

  /** Null if it is empty. */
  static @Nullable String checked(String field, String text) throws BadEntryException {
    if (text.length() > MAX_TEXT) {
      throw new BadEntryException(field + " is longer than " + MAX_TEXT + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new BadEntryException(field + " has a control character");
    }
    return text.isEmpty() ? null : text;
  }

  /** A name of Kubernetes, which stands between slashes in a key. */
  static @Nullable String name(JsonNode object, String field) throws BadEntryException {
    String name = text(object, field);
    if (name != null && (name.indexOf('/') >= 0 || name.indexOf('_') >= 0)) {
      throw new BadEntryException(field + " is no name of Kubernetes: " + name);
    }
    return name;
  }

  static String needed(@Nullable String value, String field) throws BadEntryException {
    if (value == null) {
      throw new BadEntryException(field + " is missing");
    }
    return value;
  }

  /** A uid, or the hash of a static pod, as control groups have it. */
  static @Nullable String uid(JsonNode object, String field) throws BadEntryException {
    String uid = text(object, field);
    if (uid == null) {
      return null;
    }
    String lower = uid.toLowerCase(Locale.ROOT);
    if (!isHex(lower.replace("-", ""))) {
      throw new BadEntryException(field + " is no uid: " + uid);
    }
    return lower;
  }

  /**
   * A container's id: hex digits. Before it may stand the runtime, as the API writes it: {@code
   * containerd://…}.
   */
  static @Nullable String containerId(JsonNode object, String field) throws BadEntryException {
    String id = text(object, field);
    if (id == null) {
      return null;
    }
    int scheme = id.indexOf("://");
    String bare = (scheme < 0 ? id : id.substring(scheme + 3)).toLowerCase(Locale.ROOT);
    if (bare.isEmpty()) {
      return null;
    }
    // The id of a task of ECS has a dash in it.
    if (bare.length() < 12 || !isHex(bare.replace("-", ""))) {
      throw new BadEntryException(field + " is no container's id: " + id);
    }
    return bare;
  }

  private static boolean isHex(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0);
  }

  static @Nullable Integer count(JsonNode object, String field) throws BadEntryException {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw new BadEntryException(field + " must be a whole number from 0");
    }
    return value.intValue();
  }

  /** Milliseconds since 1970, of RFC 3339 or of a number of seconds or milliseconds. */
  static @Nullable Long time(JsonNode object, String field) throws BadEntryException {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long number = value.longValue();
      if (number > 0 && number <= MOST_SECONDS * 1000) {
        return number > MOST_SECONDS ? number : number * 1000;
      }
    } else if (value.isTextual()) {
      try {
        long ms = OffsetDateTime.parse(value.textValue()).toInstant().toEpochMilli();
        if (ms > 0 && ms <= MOST_SECONDS * 1000) {
          return ms;
        }
      } catch (DateTimeException | ArithmeticException e) {
        // As for any other text.
      }
    }
    throw new BadEntryException(
        field + " must be a time as in 2026-01-31T12:00:00Z, or seconds since 1970");
  }

  /** An object, or an empty one where it is absent. */
  static JsonNode object(JsonNode object, String field) throws BadEntryException {
    JsonNode value = object.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      throw new BadEntryException(field + " must be an object");
    }
    return value;
  }

  /**
   * A pod's labels as events have them: with keys that paths of JSON and columns of SQL can take.
   * Of labels whose keys become one, the first in the order of their names is kept.
   */
  static Map<String, String> podLabels(JsonNode object, Set<String> wanted) {
    Map<String, String> labels = new TreeMap<>();
    labels(object, wanted).forEach((name, value) -> labels.putIfAbsent(FieldName.of(name), value));
    return labels;
  }

  /** Those labels that are wanted, in the order of their names. */
  static Map<String, String> labels(JsonNode object, Set<String> wanted) {
    Map<String, String> labels = new TreeMap<>();
    for (String name : new TreeSet<>(wanted)) {
      JsonNode value = object.path(name);
      if (value.isTextual()
          && value.textValue().length() <= MAX_TEXT
          && labels.size() < MAX_LABELS) {
        labels.put(name, value.textValue());
      }
    }
    return labels;
  }
}
