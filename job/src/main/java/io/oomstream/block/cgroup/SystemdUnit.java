package io.oomstream.block.cgroup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of systemd units, and the stable part of those that are made anew each time. */
final class SystemdUnit {

  private static final List<String> SUFFIXES =
      List.of(".service", ".scope", ".mount", ".socket", ".swap");

  private static final String SNAP = "snap.";
  private static final String FLATPAK = "app-flatpak-";
  private static final int RANDOM_INSTANCE = 32;
  private static final int UUID = 36;

  private SystemdUnit() {}

  static boolean isUnit(String part) {
    return !suffixOf(part).isEmpty();
  }

  /** The name with systemd's escapes for printable characters (as a dash, x2d) undone. */
  static String unescape(String name) {
    if (name.indexOf("\\x") < 0) {
      return name;
    }
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      int code = name.startsWith("\\x", i) && i + 4 <= name.length() ? code(name, i + 2) : -1;
      if (code >= ' ' && code < 0x7f && code != '/') {
        text.append((char) code);
        i += 3;
      } else {
        text.append(name.charAt(i));
      }
    }
    return text.toString();
  }

  private static int code(String name, int at) {
    int high = Character.digit(name.charAt(at), 16);
    int low = Character.digit(name.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /** Who made the unit, where its name tells; systemd otherwise. */
  static String runtimeOf(@Nullable String unit) {
    if (unit != null && unit.endsWith(".scope") && unit.startsWith(SNAP)) {
      return "snap";
    }
    return unit != null && unit.startsWith(FLATPAK) ? "flatpak" : "systemd";
  }

  /**
   * A name to group by over restarts, of a unit or a slice.
   *
   * @param user whose it is; null for the system's
   */
  static String keyOf(String unit, @Nullable String user) {
    String suffix = suffixOf(unit);
    String stem = stemOf(PathText.without(unit, suffix), suffix);
    switch (runtimeOf(unit)) {
      case "snap":
        return "snap:" + PathText.without(stem.substring(SNAP.length()), "-*");
      case "flatpak":
        return "flatpak:" + PathText.without(stem.substring(FLATPAK.length()), "-*");
      default:
        boolean namesUser =
            user == null || stem.startsWith("user@") || stem.startsWith("user-" + user);
        return "systemd:" + (namesUser ? "" : "user-" + user + "/") + stem + suffix;
    }
  }

  /** The name without what changes from start to start, for which a star stands. */
  private static String stemOf(String name, String suffix) {
    String run = suffix.equals(".mount") ? null : PathText.after(name, "run-");
    if (run != null && isTransient(run)) {
      return "run-" + (Character.isLetter(run.charAt(0)) ? run.substring(0, 1) : "") + "*";
    }
    if (suffix.equals(".scope") && PathText.after(name, "session-") != null) {
      return "session-*";
    }
    int uuid = name.length() - UUID;
    if (uuid > 1 && PathText.leadingUuid(name.substring(uuid)) != null) {
      return name.substring(0, uuid - 1) + "-*";
    }
    int at = name.indexOf('@');
    if (at > 0
        && name.length() - at - 1 == RANDOM_INSTANCE
        && PathText.isHex(name.substring(at + 1))) {
      return name.substring(0, at + 1) + "*";
    }
    int dash = name.lastIndexOf('-');
    if (name.startsWith("app-") && dash > 3 && PathText.isDigits(name.substring(dash + 1))) {
      return name.substring(0, dash) + "-*";
    }
    return name;
  }

  /** systemd-run's own names: r and a random number, u and a count, p and i with process ids. */
  private static boolean isTransient(String run) {
    for (int i = "rup".indexOf(run.charAt(0)) < 0 ? 0 : 1; i < run.length(); i++) {
      char c = run.charAt(i);
      if (Character.digit(c, 16) < 0 && c != '-' && c != 'i') {
        return false;
      }
    }
    return true;
  }

  private static String suffixOf(String part) {
    for (String suffix : SUFFIXES) {
      if (part.length() > suffix.length() && part.endsWith(suffix)) {
        return suffix;
      }
    }
    return "";
  }
}
