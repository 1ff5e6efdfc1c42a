package io.oomstream.workload;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The labels by which other runtimes name what a container is a part of. */
final class OtherRuntimes {

  private static final String PROJECT = "com.docker.compose.project";
  private static final String SERVICE = "com.docker.compose.service";
  private static final String PODMAN_PROJECT = "io.podman.compose.project";
  private static final String PODMAN_SERVICE = "io.podman.compose.service";
  private static final String ECS_CLUSTER = "com.amazonaws.ecs.cluster";
  private static final String ECS_FAMILY = "com.amazonaws.ecs.task-definition-family";
  private static final String ECS_CONTAINER = "com.amazonaws.ecs.container-name";
  private static final String NOMAD_NAMESPACE = "com.hashicorp.nomad.namespace";
  private static final String NOMAD_JOB = "com.hashicorp.nomad.job_name";
  private static final String NOMAD_GROUP = "com.hashicorp.nomad.task_group_name";
  private static final String NOMAD_TASK = "com.hashicorp.nomad.task_name";
  private static final String SWARM_SERVICE = "com.docker.swarm.service.name";

  /** Those that are read; a container can have hundreds of others. */
  static final Set<String> READ =
      Set.of(
          PROJECT,
          SERVICE,
          PODMAN_PROJECT,
          PODMAN_SERVICE,
          ECS_CLUSTER,
          ECS_FAMILY,
          ECS_CONTAINER,
          NOMAD_NAMESPACE,
          NOMAD_JOB,
          NOMAD_GROUP,
          NOMAD_TASK,
          SWARM_SERVICE);

  private OtherRuntimes() {}

  /** Null if they name nothing. */
  static @Nullable String groupKey(Map<String, String> labels) {
    if (labels.containsKey(ECS_FAMILY)) {
      String cluster = labels.get(ECS_CLUSTER);
      return "ecs:"
          + Names.part(cluster == null ? null : cluster.substring(cluster.lastIndexOf('/') + 1))
          + part(labels, ECS_FAMILY)
          + part(labels, ECS_CONTAINER);
    }
    if (labels.containsKey(NOMAD_JOB)) {
      return "nomad:"
          + Names.part(labels.get(NOMAD_NAMESPACE))
          + part(labels, NOMAD_JOB)
          + part(labels, NOMAD_GROUP)
          + part(labels, NOMAD_TASK);
    }
    if (labels.containsKey(SWARM_SERVICE)) {
      return "swarm:" + Names.part(labels.get(SWARM_SERVICE));
    }
    if (labels.containsKey(PROJECT)) {
      return "compose:" + Names.part(labels.get(PROJECT)) + part(labels, SERVICE);
    }
    return labels.containsKey(PODMAN_PROJECT)
        ? "compose:" + Names.part(labels.get(PODMAN_PROJECT)) + part(labels, PODMAN_SERVICE)
        : null;
  }

  private static String part(Map<String, String> labels, String name) {
    return "/" + Names.part(labels.get(name));
  }
}
