package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The restricted pod security standard, and a read-only root. */
final class PodHardening {

  private PodHardening() {}

  static void check(JsonNode pod, List<String> found) {
    if (!pod.at("/securityContext/runAsNonRoot").asBoolean()
        || pod.at("/securityContext/runAsUser").asInt() == 0) {
      found.add("may run as root");
    }
    shared(pod, found);
  }

  /** What also a pod must keep that needs the root user to read the node's journal. */
  static void shared(JsonNode pod, List<String> found) {
    if (!pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault")) {
      found.add("no seccomp profile");
    }
    if (pod.path("hostNetwork").asBoolean() || pod.path("hostPID").asBoolean()) {
      found.add("in the node's namespaces");
    }
    Set<String> volumes = new HashSet<>();
    pod.path("volumes").forEach(v -> volumes.add(v.path("name").asText()));
    Set<String> mounted = new HashSet<>();
    for (JsonNode container : pod.path("containers")) {
      JsonNode security = container.path("securityContext");
      String name = container.path("name").asText();
      if (security.path("allowPrivilegeEscalation").asBoolean(true)
          || security.path("privileged").asBoolean()) {
        found.add(name + " may gain privileges");
      }
      if (!security.path("readOnlyRootFilesystem").asBoolean()) {
        found.add(name + " may write its root");
      }
      if (!security.at("/capabilities/drop/0").asText().equals("ALL")) {
        found.add(name + " keeps capabilities");
      }
      container.path("volumeMounts").forEach(m -> mounted.add(m.path("name").asText()));
    }
    if (!mounted.equals(volumes)) {
      found.add("mounts " + mounted + " are not the volumes " + volumes);
    }
  }
}
