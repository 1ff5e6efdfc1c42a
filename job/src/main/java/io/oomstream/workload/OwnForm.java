package io.oomstream.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.section.Kubernetes;
import io.oomstream.event.section.Owner;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record of {@code workload-1.0.json}: one container, or one pod. */
final class OwnForm {

  static final String VERSION = "1.0";

  private OwnForm() {}

  static CatalogueEntry read(
      JsonNode json, @Nullable String cluster, Set<String> allowed, long recordedAtMs)
      throws BadEntryException {
    if (!VERSION.equals(Fields.text(json, "schemaVersion"))) {
      throw new BadEntryException("schemaVersion must be \"" + VERSION + "\"");
    }
    Source source = source(Fields.text(json, "source"));
    JsonNode container = Fields.object(json, "container");
    JsonNode kubernetes = Fields.object(json, "kubernetes");
    String containerId = Fields.containerId(container, "id");
    String podUid = Fields.uid(kubernetes, "podUid");
    if (containerId == null && podUid == null) {
      throw new BadEntryException("neither container.id nor kubernetes.podUid is there");
    }
    Long startedAt = Fields.time(json, "startedAt");
    if (startedAt == null) {
      throw new BadEntryException("startedAt is missing");
    }
    String node = Fields.text(json, "node");
    String named = Fields.text(json, "cluster");
    return new CatalogueEntry(
        source,
        containerId,
        podUid,
        node,
        kubernetes.isObject()
            ? pod(
                kubernetes,
                container,
                source,
                podUid,
                node,
                named == null ? cluster : named,
                allowed)
            : null,
        kubernetes.isObject()
            ? Map.of()
            : Fields.labels(Fields.object(json, "labels"), OtherRuntimes.READ),
        startedAt,
        recordedAtMs);
  }

  private static Source source(@Nullable String name) throws BadEntryException {
    return switch (Fields.needed(name, "source")) {
      case "runtime" -> Source.RUNTIME;
      case "links" -> Source.LINKS;
      case "api" -> Source.API;
      default -> throw new BadEntryException("source must be links, api or runtime, not " + name);
    };
  }

  private static Kubernetes pod(
      JsonNode json,
      JsonNode container,
      Source source,
      @Nullable String podUid,
      @Nullable String node,
      @Nullable String cluster,
      Set<String> allowed)
      throws BadEntryException {
    String podName = Fields.needed(Fields.name(json, "podName"), "kubernetes.podName");
    Map<String, String> labels = Fields.podLabels(Fields.object(json, "labels"), allowed);
    return new Kubernetes(
        cluster,
        node,
        Fields.needed(Fields.name(json, "namespace"), "kubernetes.namespace"),
        podName,
        Fields.name(container, "name"),
        Fields.count(container, "restartCount"),
        owner(Fields.object(json, "owner"), source, podName, node, podUid),
        labels.isEmpty() ? null : labels);
  }

  private static @Nullable Owner owner(
      JsonNode owner, Source source, String podName, @Nullable String node, @Nullable String podUid)
      throws BadEntryException {
    if (owner.isObject()) {
      return new Owner(
          Fields.name(owner, "kind"),
          Fields.needed(Fields.name(owner, "name"), "kubernetes.owner.name"),
          Owner.Origin.API);
    }
    return source == Source.API ? null : OwnerName.of(podName, node, podUid).owner();
  }
}
