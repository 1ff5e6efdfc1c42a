package io.oomstream.event.rule;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oomstream.event.SignalKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads live rules as strictly as their schema, and says what is wrong with those that are not. */
public final class RuleJson {

  /** Longest window of one host that a rule can ask for, seconds. */
  public static final long MAX_WINDOW_SECONDS = Duration.ofDays(1).toSeconds();

  /** Longest window over the fleet that a rule can ask for, seconds. */
  public static final long MAX_FLEET_WINDOW_SECONDS = Duration.ofHours(1).toSeconds();

  /** Most patterns or names in one list. */
  public static final int MAX_LIST = 1_000;

  /** Longest id, pattern, name or comment, characters. */
  public static final int MAX_TEXT = 1_000;

  private static final int MAX_COUNT = 250;
  private static final int MAX_FLEET_HOSTS = 1_000_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Set<String> FIELDS =
      Set.of(
          "schemaVersion",
          "version",
          "effectiveFrom",
          "expiresAt",
          "match",
          "mute",
          "set",
          "comment");
  private static final Set<String> MATCH_FIELDS = Set.of("hosts", "workloads", "kinds");
  private static final Set<String> SET_FIELDS =
      Set.of(
          "stormKills",
          "stormWindowSeconds",
          "crashLoopKills",
          "crashLoopWindowSeconds",
          "burstFailures",
          "burstWindowSeconds",
          "fleetHosts",
          "fleetWindowSeconds",
          "updateSeconds",
          "highOrder",
          "freeShare",
          "pageTableShare",
          "unreclaimableSlabShare",
          "shmemShare",
          "unaccountedShare",
          "criticalProcesses");

  private RuleJson() {}

  /**
   * Reads a rule.
   *
   * @throws RuleFormatException if it cannot be one
   */
  public static Rule parse(byte[] json) throws RuleFormatException {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      int line = message.indexOf('\n');
      throw new RuleFormatException(
          "not JSON: " + (line < 0 ? message : message.substring(0, line)));
    }
    object(root, "the rule", FIELDS);
    if (!Rule.SCHEMA_VERSION.equals(root.path("schemaVersion").textValue())) {
      throw new RuleFormatException("schemaVersion must be \"" + Rule.SCHEMA_VERSION + "\"");
    }
    Long version = number(root, "version", 1, Long.MAX_VALUE);
    if (version == null) {
      throw new RuleFormatException("version is missing: a number from 1 that grows with changes");
    }
    Instant from = time(root, "effectiveFrom");
    Instant until = time(root, "expiresAt");
    if (from != null && until != null && !from.isBefore(until)) {
      throw new RuleFormatException("expiresAt must be after effectiveFrom");
    }
    Boolean mute = bool(root, "mute");
    Rule.Settings settings = settings(root.get("set"));
    if (!Boolean.TRUE.equals(mute) && settings == null) {
      throw new RuleFormatException("it does nothing: give \"mute\": true or \"set\"");
    }
    Rule.Match match = match(root.get("match"));
    if (settings != null && match != null && ofReports(settings)) {
      if (match.workloads() != null || match.kinds() != null) {
        throw new RuleFormatException(
            "shares, highOrder and criticalProcesses go by hosts alone: a report is read before its"
                + " workload and signals are known");
      }
    }
    return new Rule(
        Rule.SCHEMA_VERSION, version, from, until, match, mute, settings, text(root, "comment"));
  }

  private static boolean ofReports(Rule.Settings set) {
    return set.highOrder() != null
        || set.freeShare() != null
        || set.pageTableShare() != null
        || set.unreclaimableSlabShare() != null
        || set.shmemShare() != null
        || set.unaccountedShare() != null
        || set.criticalProcesses() != null;
  }

  private static Rule.@Nullable Match match(@Nullable JsonNode node) throws RuleFormatException {
    if (node == null) {
      return null;
    }
    object(node, "match", MATCH_FIELDS);
    List<String> names = texts(node, "kinds");
    List<SignalKind> kinds = null;
    if (names != null) {
      kinds = new ArrayList<>();
      for (String name : names) {
        kinds.add(kind(name));
      }
    }
    return new Rule.Match(
        texts(node, "hosts"), texts(node, "workloads"), kinds == null ? null : List.copyOf(kinds));
  }

  private static SignalKind kind(String name) throws RuleFormatException {
    for (SignalKind kind : SignalKind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    throw new RuleFormatException("match.kinds: there is no signal \"" + name + "\"");
  }

  private static Rule.@Nullable Settings settings(@Nullable JsonNode node)
      throws RuleFormatException {
    if (node == null) {
      return null;
    }
    object(node, "set", SET_FIELDS);
    if (node.isEmpty()) {
      throw new RuleFormatException("set is empty");
    }
    return new Rule.Settings(
        integer(node, "stormKills", MAX_COUNT),
        number(node, "stormWindowSeconds", 1, MAX_WINDOW_SECONDS),
        integer(node, "crashLoopKills", MAX_COUNT),
        number(node, "crashLoopWindowSeconds", 1, MAX_WINDOW_SECONDS),
        integer(node, "burstFailures", MAX_COUNT),
        number(node, "burstWindowSeconds", 1, MAX_WINDOW_SECONDS),
        integer(node, "fleetHosts", MAX_FLEET_HOSTS),
        number(node, "fleetWindowSeconds", 1, MAX_FLEET_WINDOW_SECONDS),
        number(node, "updateSeconds", 1, MAX_WINDOW_SECONDS),
        integer(node, "highOrder", MAX_COUNT),
        share(node, "freeShare"),
        share(node, "pageTableShare"),
        share(node, "unreclaimableSlabShare"),
        share(node, "shmemShare"),
        share(node, "unaccountedShare"),
        texts(node, "criticalProcesses"));
  }

  private static void object(JsonNode node, String what, Set<String> fields)
      throws RuleFormatException {
    if (!node.isObject()) {
      throw new RuleFormatException(what + " is not a JSON object");
    }
    for (var names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name)) {
        throw new RuleFormatException("unknown field \"" + name + "\" in " + what);
      }
    }
  }

  private static @Nullable Integer integer(JsonNode parent, String field, int max)
      throws RuleFormatException {
    Long value = number(parent, field, 1, max);
    return value == null ? null : value.intValue();
  }

  private static @Nullable Long number(JsonNode parent, String field, long min, long max)
      throws RuleFormatException {
    JsonNode node = parent.get(field);
    if (node == null) {
      return null;
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      throw new RuleFormatException(
          field
              + " must be a whole number from "
              + min
              + (max == Long.MAX_VALUE ? "" : " to " + max));
    }
    return node.longValue();
  }

  private static @Nullable Double share(JsonNode parent, String field) throws RuleFormatException {
    JsonNode node = parent.get(field);
    if (node == null) {
      return null;
    }
    double value = node.doubleValue();
    if (!node.isNumber() || !(value >= 0 && value <= 1)) {
      throw new RuleFormatException(field + " must be a share from 0 to 1");
    }
    return value;
  }

  private static @Nullable Boolean bool(JsonNode parent, String field) throws RuleFormatException {
    JsonNode node = parent.get(field);
    if (node == null) {
      return null;
    }
    if (!node.isBoolean()) {
      throw new RuleFormatException(field + " must be true or false");
    }
    return node.booleanValue();
  }

  private static @Nullable String text(JsonNode parent, String field) throws RuleFormatException {
    JsonNode node = parent.get(field);
    return node == null ? null : checked(node, field);
  }

  private static String checked(JsonNode node, String field) throws RuleFormatException {
    String value = node.textValue();
    if (value == null || value.isEmpty() || value.length() > MAX_TEXT) {
      throw new RuleFormatException(
          field + ": texts of 1 to " + MAX_TEXT + " characters, and nothing else");
    }
    return value;
  }

  private static @Nullable List<String> texts(JsonNode parent, String field)
      throws RuleFormatException {
    JsonNode node = parent.get(field);
    if (node == null) {
      return null;
    }
    if (!node.isArray() || node.isEmpty() || node.size() > MAX_LIST) {
      throw new RuleFormatException(field + " must be a list of 1 to " + MAX_LIST + " texts");
    }
    List<String> values = new ArrayList<>();
    for (JsonNode item : node) {
      values.add(checked(item, field));
    }
    return List.copyOf(values);
  }

  private static @Nullable Instant time(JsonNode parent, String field) throws RuleFormatException {
    String text = text(parent, field);
    if (text == null) {
      return null;
    }
    try {
      // Through milliseconds: what does not fit in them is no time that an event can have.
      return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new RuleFormatException(
          field + " must be a time as in 2026-01-31T12:00:00Z, not \"" + text + "\"");
    }
  }
}
