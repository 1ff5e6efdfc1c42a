package io.oomstream.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hashes names in an event and leaves the log's text out. The id, the type and the schema don't
 * change, and equal names get equal hashes in all events under one salt.
 *
 * <p>A field that isn't known here is hashed: a new field must be listed before it may be read.
 */
public final class EventMask {

  /** Names of processes. */
  static final Set<String> COMMS = Set.of("comm", "commHex", "killer");

  /** Who is blamed, by name. */
  static final Set<String> PARTIES = Set.of("asked", "biggestProcess", "biggestName", "killed");

  /** What names a control group, and whoever's it is. */
  static final Set<String> GROUPS =
      Set.of("limitCgroup", "taskCgroup", "memcg.path", "cpuset", "biggestGroup.name");

  /** Parts of a workload that name nobody. */
  static final Set<String> OF_WORKLOAD =
      Set.of("runtime", "qosClass", "kind", "origin", "cluster", "node", "namesStatus", "source");

  /** Signals whose subject is a cache, a zone or a counter of the machine. */
  private static final Set<String> OF_THE_MACHINE =
      EnumSet.of(
              SignalKind.SLAB_ALLOCATION_FAILURE,
              SignalKind.TASK_STRUCT_SLAB_GROWTH,
              SignalKind.SLAB_GROWTH,
              SignalKind.UNRECLAIMABLE_SLAB_HIGH,
              SignalKind.PAGE_TABLE_BLOAT,
              SignalKind.UNACCOUNTED_MEMORY_HIGH,
              SignalKind.SHMEM_HIGH,
              SignalKind.MEMORY_EXHAUSTED,
              SignalKind.SWAP_EXHAUSTED,
              SignalKind.FRAGMENTATION,
              SignalKind.ZONE_EXHAUSTED,
              SignalKind.MEMORY_GROWTH,
              SignalKind.MEMORY_PRESSURE)
          .stream()
          .map(SignalKind::name)
          .collect(Collectors.toUnmodifiableSet());

  /** A task in a subject: its name, and its number, which stays. */
  private static final Pattern TASK = Pattern.compile("(.*) \\(pid \\d+\\)", Pattern.DOTALL);

  /** Names of a process or a group, whichever the event is about. */
  static final Set<String> EITHER = Set.of("subject", "key", "groupKey");

  /** Sentences and what they quote. */
  static final Set<String> SENTENCES =
      Set.of(
          "summary",
          "why",
          "advice",
          "reason",
          "fact",
          "value",
          "text",
          "threshold",
          "detail",
          "failure",
          "limit",
          "formula",
          "name");

  /** Lines of the log. */
  static final Set<String> RAW = Set.of("lines", "line", "unparsed");

  /** Ids, times, words of a fixed list, words of the kernel. */
  static final Set<String> PLAIN =
      Set.of(
          "schemaVersion",
          "id",
          "eventId",
          "kind",
          "severity",
          "time",
          "start",
          "end",
          "at",
          "earliest",
          "latest",
          "openedAt",
          "closedAt",
          "phase",
          "unit",
          "bootId",
          "kernelRelease",
          "hardware",
          "tainted",
          "notHighest",
          "killReason",
          "mask",
          "trigger.path",
          "flags",
          "names",
          "decodedBy",
          "zone",
          "ambiguous",
          "constraint",
          "nodemask",
          "memsAllowed",
          "limitLevel",
          "migrateTypes",
          "verdict",
          "balance",
          "cache",
          "callTrace",
          "caller",
          "primary",
          "contributing",
          "sections",
          "missing",
          "closedBy",
          "topic",
          "provenance",
          "role",
          "state",
          "knownBy",
          "trimmed",
          "relatedEvents",
          "signal",
          "judgement",
          "source");

  /** Objects whose every text is plain, whatever its field. */
  static final Set<String> PLAIN_OBJECTS = Set.of("host", "zones", "stats", "vmstat");

  private static final String TRIMMED = "trimmed";
  private static final String WORKLOAD = "workload";

  /** Parts of paths that are the same everywhere. */
  private static final Set<String> COMMON_PARTS =
      Set.of(
          "kubepods",
          "kubepods.slice",
          "burstable",
          "besteffort",
          "docker",
          "system.slice",
          "user.slice",
          "machine.slice",
          "init.scope",
          "lxc",
          "slurm");

  private static final int SHORT_ID = 12;

  /** A unit of systemd anywhere in a text. */
  private static final Pattern UNIT =
      Pattern.compile("[\\w@:.\\\\-]+\\.(?:slice|service|scope|mount|socket)\\b");

  /** A task with its number, whose name is not a hash yet. */
  private static final Pattern NAMED_TASK = Pattern.compile("(?<!h:[0-9a-f]{12}) \\(pid \\d");

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?]) +(?=\\p{Lu})");

  private final Privacy privacy;
  private final NameHash hash;

  /** Names of the event and their hashes, the longest first: a name may be a part of another. */
  private final Map<String, String> names =
      new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(n -> n));

  private final boolean ofTheMachine;
  private final Set<String> left = new LinkedHashSet<>();

  private EventMask(Privacy privacy, boolean ofTheMachine) {
    this.privacy = privacy;
    this.ofTheMachine = ofTheMachine;
    this.hash = new NameHash(privacy.salt());
  }

  /** The event with names hashed and without text, as far as is asked for. */
  public static OutgoingEvent of(OutgoingEvent event, Privacy privacy) {
    if (privacy.isOpen()) {
      return event;
    }
    JsonNode json;
    try {
      json = EventJson.parse(event.data());
    } catch (UncheckedIOException e) {
      json = null;
    }
    // No event of this job is anything else; what can't be read must not leave.
    ObjectNode data =
        json instanceof ObjectNode object ? object : (ObjectNode) EventJson.toTree(Map.of());
    boolean ofTheMachine = OF_THE_MACHINE.contains(data.path("kind").asText());
    return new EventMask(privacy, ofTheMachine).mask(event, data);
  }

  private OutgoingEvent mask(OutgoingEvent event, ObjectNode data) {
    dropText(data, "");
    if (privacy.hashes()) {
      hashNames(data, "", false);
      rewrite(data);
    }
    if (!left.isEmpty()) {
      JsonNode before = data.path(TRIMMED);
      before.forEach(t -> left.add(t.asText()));
      ArrayNode trimmed = data.putArray(TRIMMED);
      left.forEach(trimmed::add);
    }
    String key = event.key();
    return new OutgoingEvent(
        event.type(),
        event.id(),
        key == null ? null : names.getOrDefault(key, key),
        event.source(),
        event.subject(),
        event.time(),
        EventJson.toBytes(data));
  }

  private void dropText(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      for (String field : RAW) {
        JsonNode text = object.get(field);
        if (text == null) {
          continue;
        }
        left.add(path.isEmpty() ? field : path + "." + field);
        if (field.equals("lines")) {
          object.putArray(field);
        } else {
          object.remove(field);
        }
      }
      object.properties().forEach(f -> dropText(f.getValue(), f.getKey()));
    } else {
      node.forEach(n -> dropText(n, path));
    }
  }

  /** Replaces what is nothing but a name, and keeps what it became. */
  private void hashNames(ObjectNode object, String of, boolean inWorkload) {
    String hex = object.path("commHex").asText();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      boolean workload = inWorkload || name.equals(WORKLOAD);
      if (value instanceof ObjectNode inner) {
        if (!PLAIN_OBJECTS.contains(name)) {
          hashNames(inner, name, workload);
        }
      } else if (value instanceof ArrayNode list) {
        for (JsonNode entry : list) {
          if (entry instanceof ObjectNode inner) {
            hashNames(inner, name, workload);
          }
        }
      } else if (value.isTextual() && isName(name, of, workload)) {
        String text = value.asText();
        boolean raw = name.equals("comm") && !hex.isEmpty();
        String hashed = raw ? hash.of(HexFormat.of().parseHex(hex)) : hashed(text);
        Matcher task = TASK.matcher(text);
        if (task.matches()) {
          hashed = hashed(task.group(1)) + text.substring(task.end(1));
          remember(task.group(1), hashed(task.group(1)));
        }
        remember(text, hashed);
        field.setValue(object.textNode(hashed));
      }
    }
    if (privacy.hashComm()) {
      object.remove("commHex");
    }
  }

  private boolean isName(String field, String of, boolean workload) {
    if (field.equals("commHex")) {
      return false;
    }
    if (COMMS.contains(field)) {
      return privacy.hashComm();
    }
    if (field.equals("subject")) {
      return !ofTheMachine;
    }
    if (EITHER.contains(field) || field.equals(WORKLOAD)) {
      return true;
    }
    if (workload) {
      return privacy.hashCgroup() && !OF_WORKLOAD.contains(field);
    }
    String qualified = of + "." + field;
    if (GROUPS.contains(field) || GROUPS.contains(qualified)) {
      return privacy.hashCgroup();
    }
    if (PARTIES.contains(of) && field.equals("name")) {
      return privacy.hashComm();
    }
    return !SENTENCES.contains(field) && !PLAIN.contains(field) && !PLAIN.contains(qualified);
  }

  /** What has neither a letter nor a digit, such as the root's path, names nobody. */
  private String hashed(String text) {
    return isNaming(text) ? hash.of(text) : text;
  }

  private static boolean isNaming(String text) {
    return text.chars().anyMatch(Character::isLetterOrDigit);
  }

  /** A sentence may quote the name, or a part of the path, or the beginning of an id. */
  private void remember(String text, String hashed) {
    if (!isNaming(text)) {
      return;
    }
    names.put(text, hashed);
    for (String part : text.split("[/:]")) {
      if (isNaming(part) && !COMMON_PARTS.contains(part)) {
        names.putIfAbsent(part, hash.of(part));
        if (part.length() > SHORT_ID) {
          names.putIfAbsent(part.substring(0, SHORT_ID), hash.of(part));
        }
      }
    }
  }

  /** Replaces names within sentences. */
  private void rewrite(ObjectNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      boolean sentence = SENTENCES.contains(field.getKey());
      if (value.isTextual() && sentence) {
        field.setValue(object.textNode(rewritten(value.asText())));
      } else if (value instanceof ObjectNode inner && !PLAIN_OBJECTS.contains(field.getKey())) {
        rewrite(inner);
      } else if (value instanceof ArrayNode list) {
        for (int i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof ObjectNode inner) {
            rewrite(inner);
          } else if (sentence && list.get(i).isTextual()) {
            list.set(i, list.textNode(rewritten(list.get(i).asText())));
          }
        }
      }
    }
  }

  private String rewritten(String sentence) {
    String text = sentence;
    for (Map.Entry<String, String> name : names.entrySet()) {
      text = replaced(text, name.getKey(), name.getValue());
    }
    if (privacy.hashCgroup()) {
      text = UNIT.matcher(text).replaceAll(m -> unit(m.group()));
    }
    return privacy.hashComm() ? withoutUnknownTasks(text) : text;
  }

  private String unit(String name) {
    return Matcher.quoteReplacement(COMMON_PARTS.contains(name) ? name : hash.of(name));
  }

  /**
   * A task that no field of the event names has a name of unknown length, so its whole sentence
   * goes.
   */
  private String withoutUnknownTasks(String text) {
    if (!NAMED_TASK.matcher(text).find()) {
      return text;
    }
    String known =
        SENTENCE_END
            .splitAsStream(text)
            .filter(s -> !NAMED_TASK.matcher(s).find())
            .collect(Collectors.joining(" "));
    return known.isEmpty() ? hash.of(text) : known;
  }

  /** Where the name stands alone, and not within a longer word or within a hash. */
  private static String replaced(String text, String name, String by) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    int at = text.indexOf(name);
    while (at >= 0) {
      int end = at + name.length();
      if (isEdge(text, at - 1) && isEdge(text, end)) {
        out.append(text, from, at).append(by);
        from = end;
      }
      at = text.indexOf(name, Math.max(end, at + 1));
    }
    return out.append(text, from, text.length()).toString();
  }

  private static boolean isEdge(String text, int at) {
    return at < 0 || at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
  }
}
