package io.oomstream.block.cgroup;

import io.oomstream.event.section.Workload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control group's path to the workload that it names.
 *
 * <p>The path is walked from the root. What a layer of it names replaces what the layers above
 * named, so that in a container within a container the inner one wins; the key of a pod or job
 * holds against the containers in it, which change with every restart.
 */
public final class WorkloadPath {

  private WorkloadPath() {}

  /** The workload; null for no path and for the root. */
  public static @Nullable Workload identify(@Nullable String path) {
    List<String> parts = path == null ? List.of() : split(path);
    if (parts.isEmpty()) {
      return null;
    }
    Layers found = new Layers();
    for (int i = 0; i < parts.size(); i++) {
      found.see(parts.get(i));
      for (LayoutRule rule : LayoutRule.ALL) {
        PathIdentity identity = rule.at(parts, i);
        if (identity != null) {
          found.take(identity);
          break;
        }
      }
    }
    return found.workload(parts);
  }

  private static List<String> split(String path) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      addPart(parts, path.substring(start, end));
      start = end + 1;
    }
    return parts;
  }

  private static void addPart(List<String> parts, String part) {
    if (part.isEmpty() || part.equals("..") || part.equals(".")) {
      return;
    }
    // A name for systemd, slice:prefix:id, given to a runtime that makes its groups itself.
    int first = part.indexOf(".slice:");
    int last = part.lastIndexOf(':');
    if (first > 0 && last > first + ".slice:".length()) {
      parts.add(part.substring(0, first));
      parts.add(part.substring(first + ".slice:".length(), last) + "-" + part.substring(last + 1));
    } else {
      parts.add(SystemdUnit.unescape(part));
    }
  }

  /** What the layers seen so far name. */
  private static final class Layers {

    private @Nullable PathIdentity identity;
    private @Nullable String unit;
    private @Nullable String slice;
    private @Nullable String user;
    // As of the layer that the identity is from: a container's own units are not the host's.
    private @Nullable String identityUnit;
    private @Nullable String identitySlice;

    void see(String part) {
      if (part.endsWith(".slice")) {
        slice = part;
        unit = null;
      } else if (SystemdUnit.isUnit(part)) {
        unit = part;
      }
      String uid = userOf(part);
      if (uid != null && identity == null) {
        user = uid;
      }
    }

    void take(PathIdentity layer) {
      identity = identity == null ? layer : identity.within(layer);
      identityUnit = unit == null ? identityUnit : unit;
      identitySlice = slice == null ? identitySlice : slice;
    }

    Workload workload(List<String> parts) {
      PathIdentity known = identity;
      if (known != null) {
        String key = known.key() == null ? keyOf(identityUnit, identitySlice, parts) : known.key();
        return new Workload(
            known.runtime(),
            known.containerId(),
            known.podUid(),
            known.qosClass(),
            identityUnit,
            identitySlice,
            user,
            key,
            known.job(),
            known.outer());
      }
      String runtime = unit == null && slice == null ? null : SystemdUnit.runtimeOf(unit);
      return new Workload(
          runtime, null, null, null, unit, slice, user, keyOf(unit, slice, parts), null, null);
    }

    private String keyOf(@Nullable String ownUnit, @Nullable String ownSlice, List<String> parts) {
      String name = ownUnit == null ? ownSlice : ownUnit;
      return name == null ? "cgroup:/" + String.join("/", parts) : SystemdUnit.keyOf(name, user);
    }

    private static @Nullable String userOf(String part) {
      String uid = PathText.between(part, "user-", ".slice");
      if (uid == null) {
        uid = PathText.between(part, "user@", ".service");
      }
      if (uid == null) {
        uid = PathText.after(part, "uid_");
      }
      return uid != null && PathText.isDigits(uid) ? uid : null;
    }
  }
}
