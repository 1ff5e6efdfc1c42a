package io.oomstream.block.cgroup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs and tasks of cluster schedulers, and apps of systems that give each a group. */
final class JobLayout {

  private JobLayout() {}

  static @Nullable PathIdentity ecs(List<String> parts, int i) {
    String task = PathText.between(parts.get(i), "ecstasks-", ".slice");
    if (task == null && i > 0 && parts.get(i - 1).equals("ecs")) {
      task = parts.get(i);
    }
    if (task == null) {
      return null;
    }
    String container = i + 1 < parts.size() ? PathText.without(parts.get(i + 1), ".scope") : null;
    return PathIdentity.job("ecs", container, "ecs:task/" + task, task);
  }

  static @Nullable PathIdentity nomad(List<String> parts, int i) {
    String part = PathText.without(parts.get(i), ".scope");
    String alloc = PathText.leadingUuid(part);
    if (alloc == null || !isBelow(parts, i, "nomad")) {
      return null;
    }
    String task = PathText.after(part.substring(alloc.length()), ".");
    if (task == null && i + 1 < parts.size()) {
      task = parts.get(i + 1);
    }
    return PathIdentity.job(
        "nomad", null, "nomad:" + alloc + (task == null ? "" : "." + task), alloc);
  }

  static @Nullable PathIdentity slurm(List<String> parts, int i) {
    String job = PathText.after(parts.get(i), "job_");
    boolean below = isBelow(parts, i, "slurm") || isBelowStepDaemon(parts, i);
    return job != null && below && PathText.isDigits(job)
        ? PathIdentity.job("slurm", null, "slurm:job/" + job, job)
        : null;
  }

  /** {@code container_e17_<cluster>_<application>_<attempt>_<n>}; the epoch is not always there. */
  static @Nullable PathIdentity yarn(List<String> parts, int i) {
    String part = parts.get(i);
    String name = PathText.after(part, "container_");
    if (name == null) {
      return null;
    }
    String[] fields = name.split("_", -1);
    int first = fields.length == 5 && fields[0].startsWith("e") ? 1 : 0;
    if (fields.length - first != 4) {
      return null;
    }
    for (int k = first; k < fields.length; k++) {
      if (!PathText.isDigits(fields[k])) {
        return null;
      }
    }
    String application = "application_" + fields[first] + "_" + fields[first + 1];
    return PathIdentity.job("yarn", part, "yarn:" + application, application);
  }

  static @Nullable PathIdentity condor(List<String> parts, int i) {
    String part = parts.get(i);
    int slot = part.startsWith("condor_") ? part.lastIndexOf("_slot") : -1;
    return slot < 0
        ? null
        : PathIdentity.job("htcondor", null, "htcondor:" + part.substring(slot + 1));
  }

  static @Nullable PathIdentity pbs(List<String> parts, int i) {
    String parent = i == 0 ? "" : parts.get(i - 1);
    return parent.equals("pbspro") || (parent.equals("jobid") && isBelow(parts, i, "pbs"))
        ? PathIdentity.job("pbs", null, "pbs:job/" + parts.get(i), parts.get(i))
        : null;
  }

  /** {@code lsf/<cluster>/job.<id>.<more>}. */
  static @Nullable PathIdentity lsf(List<String> parts, int i) {
    String job = PathText.after(parts.get(i), "job.");
    if (job == null || i < 2 || !parts.get(i - 2).equals("lsf")) {
      return null;
    }
    int dot = job.indexOf('.');
    String id = dot < 0 ? job : job.substring(0, dot);
    return PathIdentity.job("lsf", null, "lsf:" + parts.get(i - 1) + "/job." + id, id);
  }

  static @Nullable PathIdentity android(List<String> parts, int i) {
    String uid = PathText.after(parts.get(i), "uid_");
    return uid != null && PathText.isDigits(uid) && !isBelow(parts, i, "slurm")
        ? PathIdentity.job("android", null, "android:uid/" + uid)
        : null;
  }

  static @Nullable PathIdentity azure(List<String> parts, int i) {
    String part = parts.get(i);
    return i == 0 && part.startsWith("azpl")
        ? PathIdentity.job("azure", null, "azure:" + part)
        : null;
  }

  private static boolean isBelow(List<String> parts, int i, String prefix) {
    for (int k = 0; k < i; k++) {
      if (parts.get(k).startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBelowStepDaemon(List<String> parts, int i) {
    for (int k = 0; k < i; k++) {
      if (parts.get(k).endsWith("slurmstepd.scope")) {
        return true;
      }
    }
    return false;
  }
}
