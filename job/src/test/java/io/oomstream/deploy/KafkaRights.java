package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rights of each user: these, each once, and no other. */
final class KafkaRights {

  private static final Set<String> READ = Set.of("Describe", "Read");
  private static final Set<String> WRITE = Set.of("Describe", "Write");

  private static final Map<String, Set<String>> JOB =
      Map.ofEntries(
          Map.entry("topic/literal/kernel.logs", READ),
          Map.entry("topic/literal/kernel.memory-snapshots", READ),
          Map.entry("topic/literal/kernel.oom.rules", READ),
          Map.entry("topic/literal/kernel.workloads", READ),
          Map.entry("topic/literal/kernel.oom.kills", WRITE),
          Map.entry("topic/literal/kernel.oom.signals", WRITE),
          Map.entry("topic/literal/kernel.oom.blocks", WRITE),
          Map.entry("topic/literal/kernel.oom.dead-letters", WRITE),
          Map.entry("group/literal/oomstream", READ),
          Map.entry("transactionalId/prefix/oomstream-kills", WRITE),
          Map.entry("transactionalId/prefix/oomstream-signals", WRITE),
          Map.entry("transactionalId/prefix/oomstream-blocks", WRITE),
          Map.entry("transactionalId/prefix/oomstream-dead-letters", WRITE));

  private static final Map<String, Set<String>> SHIPPERS =
      Map.of(
          "topic/literal/kernel.logs", WRITE,
          "topic/literal/kernel.memory-snapshots", WRITE,
          "topic/literal/kernel.workloads", WRITE);

  private static final Map<String, Set<String>> CONSUMERS =
      Map.of(
          "topic/literal/kernel.oom.kills", READ,
          "topic/literal/kernel.oom.signals", READ,
          "topic/literal/kernel.oom.blocks", READ,
          "group/prefix/oomstream-consumer", READ);

  private static final Map<String, Set<String>> RULES =
      Map.of(
          "topic/literal/kernel.oom.rules",
          Set.of("Describe", "Read", "Write"),
          "group/prefix/oomstream-rules",
          READ);

  private static final Map<String, Map<String, Set<String>>> NEEDED =
      Map.of(
          "oomstream", JOB,
          "oomstream-shipper", SHIPPERS,
          "oomstream-consumer", CONSUMERS,
          "oomstream-rules", RULES);

  private KafkaRights() {}

  static void check(JsonNode user, List<String> found) {
    String who = user.at("/metadata/name").asText();
    Map<String, Set<String>> needed = NEEDED.getOrDefault(who, Map.of());
    if (needed.isEmpty()) {
      found.add("nobody logs in as " + who);
    }
    if (!user.at("/spec/authorization/type").asText().equals("simple")) {
      found.add("no ACLs");
    }
    Set<String> missing = new TreeSet<>(needed.keySet());
    for (JsonNode acl : user.at("/spec/authorization/acls")) {
      JsonNode resource = acl.path("resource");
      String name =
          resource.path("type").asText()
              + "/"
              + resource.path("patternType").asText("literal")
              + "/"
              + resource.path("name").asText();
      Set<String> operations = new TreeSet<>();
      acl.path("operations").forEach(o -> operations.add(o.asText()));
      missing.remove(name);
      if (!operations.equals(needed.get(name))) {
        found.add("not the right that " + who + " needs: " + name + " " + operations);
      }
    }
    missing.forEach(name -> found.add(who + " lacks the right on " + name));
  }
}
