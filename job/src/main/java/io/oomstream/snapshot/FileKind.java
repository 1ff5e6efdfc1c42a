package io.oomstream.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that are read, known by their name or by their shape. */
enum FileKind {
  SLABINFO("slabinfo"),
  MEMINFO("meminfo"),
  BUDDYINFO("buddyinfo"),
  VMSTAT("vmstat"),
  ZONEINFO("zoneinfo"),
  PRESSURE("pressure/memory"),
  MEMORY_EVENTS("memory.events"),
  MEMORY_STAT("memory.stat");

  private final String fileName;

  FileKind(String fileName) {
    this.fileName = fileName;
  }

  /** By the end of a path; null for a file that is not read. */
  static @Nullable FileKind ofName(String path) {
    for (FileKind kind : values()) {
      if (path.equals(kind.fileName) || path.endsWith("/" + kind.fileName)) {
        return kind;
      }
    }
    return path.equals("memory.pressure") ? PRESSURE : null;
  }

  /** By the first line; null for text that is none of them. */
  static @Nullable FileKind ofShape(String text) {
    List<String> lines = ProcText.lines(text.length() > 4096 ? text.substring(0, 4096) : text);
    List<String> words = lines.isEmpty() ? List.of() : ProcText.words(lines.get(0));
    if (words.isEmpty()) {
      return null;
    }
    String first = words.get(0);
    if (lines.get(0).startsWith(Slabinfo.TITLE)) {
      return SLABINFO;
    }
    if (first.equals("MemTotal:")) {
      return MEMINFO;
    }
    if (Buddyinfo.isZone(words)) {
      return words.size() > 4 ? BUDDYINFO : ZONEINFO;
    }
    if ((first.equals("some") || first.equals("full")) && words.size() > 1) {
      return words.get(1).startsWith("avg10=") ? PRESSURE : null;
    }
    if (words.size() != 2 || ProcText.number(words.get(1)) == null) {
      return null;
    }
    return switch (first) {
      case "low", "high", "max", "oom", "oom_kill" -> MEMORY_EVENTS;
      case "anon", "file", "cache", "rss" -> MEMORY_STAT;
      default -> first.startsWith("nr_") ? VMSTAT : null;
    };
  }

  /** The control group that a path names; null for files of the machine. */
  @Nullable String cgroupOf(String path) {
    if (this != MEMORY_EVENTS && this != MEMORY_STAT) {
      return null;
    }
    if (!path.isEmpty() && !path.endsWith(fileName)) {
      return path; // a copy under a name of its own
    }
    String directory =
        path.length() > fileName.length()
            ? path.substring(0, path.length() - fileName.length() - 1)
            : "";
    for (String root : List.of("/sys/fs/cgroup/memory", "/sys/fs/cgroup", "cgroup")) {
      if (directory.equals(root)) {
        return "/";
      }
      if (directory.startsWith(root + "/")) {
        return directory.substring(root.length());
      }
    }
    return directory.isEmpty() ? "/" : directory;
  }
}
