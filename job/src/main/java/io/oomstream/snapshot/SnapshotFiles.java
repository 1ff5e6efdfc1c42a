package io.oomstream.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of one snapshot as they are read, one after the other. */
final class SnapshotFiles {

  /** Control groups kept of one snapshot, the first by path. */
  private static final int MAX_CGROUPS = 256;

  @Nullable Slabinfo slabinfo;
  @Nullable Meminfo meminfo;
  @Nullable Buddyinfo buddyinfo;
  @Nullable Counters vmstat;
  @Nullable Zoneinfo zoneinfo;
  @Nullable Pressure pressure;
  final Map<String, Snapshot.Cgroup> cgroups = new TreeMap<>();
  private final List<String> unreadable = new ArrayList<>();
  private int read;

  /** Takes a file in by its path, or by its shape if it has none; unknown files are left out. */
  void add(@Nullable String path, String text) {
    FileKind kind = path == null ? null : FileKind.ofName(path);
    kind = kind == null ? FileKind.ofShape(text) : kind;
    if (kind == null) {
      if (path == null) {
        unreadable.add("text of no file that is known");
      }
      return;
    }
    if (parse(kind, path, text)) {
      read++;
    } else {
      unreadable.add(path == null ? kind.name() : path);
    }
  }

  private boolean parse(FileKind kind, @Nullable String path, String text) {
    return switch (kind) {
      case SLABINFO -> (slabinfo = Slabinfo.parse(text)) != null;
      case MEMINFO -> (meminfo = Meminfo.parse(text)) != null;
      case BUDDYINFO -> (buddyinfo = Buddyinfo.parse(text)) != null;
      case VMSTAT -> (vmstat = Counters.parse(text)) != null;
      case ZONEINFO -> (zoneinfo = Zoneinfo.parse(text)) != null;
      case PRESSURE -> isPressure(path, text);
      case MEMORY_EVENTS, MEMORY_STAT -> isCgroup(kind, path, text);
    };
  }

  private boolean isPressure(@Nullable String path, String text) {
    Pressure parsed = Pressure.parse(text);
    pressure = parsed == null ? pressure : parsed;
    return parsed != null;
  }

  private boolean isCgroup(FileKind kind, @Nullable String path, String text) {
    Counters counters = Counters.parse(text);
    String cgroup = kind.cgroupOf(path == null ? "" : path);
    if (counters == null || cgroup == null) {
      return false;
    }
    Snapshot.Cgroup old = cgroups.getOrDefault(cgroup, new Snapshot.Cgroup(Map.of(), Map.of()));
    if (cgroups.size() < MAX_CGROUPS || cgroups.containsKey(cgroup)) {
      cgroups.put(
          cgroup,
          kind == FileKind.MEMORY_STAT
              ? new Snapshot.Cgroup(counters.values(), old.events())
              : new Snapshot.Cgroup(old.stat(), counters.values()));
    }
    return true;
  }

  boolean isEmpty() {
    return read == 0;
  }

  /** What could not be read, for people; empty if all could. */
  String complaint() {
    return unreadable.isEmpty() ? "" : "unreadable: " + String.join(", ", firstOf(unreadable));
  }

  private static List<String> firstOf(List<String> names) {
    return names.size() <= 8 ? names : names.subList(0, 8);
  }
}
