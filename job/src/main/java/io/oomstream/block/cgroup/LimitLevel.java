package io.oomstream.block.cgroup;

import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Workload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the limit stands that a control group ran into: its own container's, its pod's, above. */
public final class LimitLevel {

  private LimitLevel() {}

  /**
   * The scope with the limit's level.
   *
   * @param scope with the paths of both groups
   */
  public static Scope in(Scope scope) {
    String limit = scope.limitCgroup();
    if (scope.kind() != Scope.Kind.MEMCG || limit == null) {
      return scope;
    }
    Workload of = WorkloadPath.identify(limit);
    Workload task = WorkloadPath.identify(scope.taskCgroup());
    Scope.Level level = levelOf(limit, of, task);
    boolean sameContainer =
        level == Scope.Level.CONTAINER
            && of != null
            && task != null
            && Objects.equals(of.containerId(), task.containerId());
    Boolean own =
        scope.taskCgroup() == null
            ? null
            : Boolean.valueOf(sameContainer || limit.equals(scope.taskCgroup()));
    return new Scope(
        scope.kind(),
        scope.constraint(),
        scope.nodemask(),
        scope.cpuset(),
        scope.memsAllowed(),
        limit,
        scope.taskCgroup(),
        level,
        own);
  }

  private static Scope.Level levelOf(
      String path, @Nullable Workload limit, @Nullable Workload task) {
    if (limit == null) {
      return Scope.Level.OTHER;
    }
    String last = lastOf(path);
    String stem = PathText.without(last, ".slice");
    if (isKubernetesRoot(path, stem)) {
      return stem.endsWith("kubepods") ? Scope.Level.NODE_ALLOCATABLE : Scope.Level.QOS_CLASS;
    }
    if (limit.containerId() != null) {
      boolean outer = task != null && limit.containerId().equals(task.outerContainerId());
      return outer ? Scope.Level.OUTER_CONTAINER : Scope.Level.CONTAINER;
    }
    if (limit.podUid() != null) {
      return Scope.Level.POD;
    }
    if (limit.job() != null) {
      return Scope.Level.JOB;
    }
    if (SystemdUnit.isUnit(last)) {
      return Scope.Level.UNIT;
    }
    if (stem.startsWith("user-") && PathText.isDigits(stem.substring("user-".length()))) {
      return Scope.Level.USER;
    }
    return last.endsWith(".slice") ? Scope.Level.SLICE : Scope.Level.OTHER;
  }

  /** Kubelet's own groups above the pods: all pods, or all of one class. */
  private static boolean isKubernetesRoot(String path, String stem) {
    return stem.endsWith("kubepods")
        || stem.endsWith("kubepods-burstable")
        || stem.endsWith("kubepods-besteffort")
        || (path.contains("kubepods") && (stem.equals("burstable") || stem.equals("besteffort")));
  }

  private static String lastOf(String path) {
    String trimmed = PathText.without(path, "/");
    return SystemdUnit.unescape(trimmed.substring(trimmed.lastIndexOf('/') + 1));
  }
}
