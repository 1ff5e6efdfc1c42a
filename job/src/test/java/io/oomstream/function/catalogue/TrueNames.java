package io.oomstream.function.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.section.Owner;
import org.jspecify.annotations.Nullable;

/** An event's names against the truth: each must be right or absent. */
final class TrueNames {

  private TrueNames() {}

  /** Which one is wrong; null if none is. */
  static @Nullable String wrong(JsonNode workload, Life.Run truth) {
    Life life = truth.life();
    JsonNode names = workload.path("kubernetes");
    boolean isKnown = workload.path("namesStatus").asText().equals("KNOWN");
    if (isKnown == names.isMissingNode()) {
      return "namesStatus";
    }
    if (!isKnown) {
      return workload.path("groupKey").equals(workload.path("key")) ? null : "groupKey of UNKNOWN";
    }
    if (differs(names, "cluster", life.cluster())
        || differs(names, "node", life.node())
        || differs(names, "namespace", life.namespace())
        || differs(names, "podName", life.pod())
        || differs(names, "containerName", truth.container())
        || differs(names, "restartCount", Integer.toString(truth.restarts()))) {
      return "names";
    }
    if (!names.has("podName") || !names.has("cluster")) {
      return "incomplete";
    }
    JsonNode owner = names.path("owner");
    if (!owner.isMissingNode()
        && !life.isOwner(
            new Owner(
                owner.path("kind").asText(null),
                owner.path("name").asText(),
                Owner.Origin.valueOf(owner.path("origin").asText())))) {
      return "owner";
    }
    JsonNode label = names.at("/labels/app_kubernetes_io_name");
    if (!label.isMissingNode()
        && !label.asText().equals(life.owner() == null ? "none" : life.owner())) {
      return "label";
    }
    String expected =
        "k8s:"
            + life.cluster()
            + "/"
            + life.namespace()
            + "/"
            + owner.path("kind").asText("-")
            + "/"
            + (life.owner() == null ? life.pod() : life.owner())
            + "/"
            + names.path("containerName").asText("-");
    return workload.path("groupKey").asText().equals(expected) ? null : "groupKey";
  }

  private static boolean differs(JsonNode names, String field, String truth) {
    return names.has(field) && !names.path(field).asText().equals(truth);
  }
}
