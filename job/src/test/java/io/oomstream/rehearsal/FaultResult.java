package io.oomstream.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a fault did.
 *
 * @param events different ids that came
 * @param repeats how often an id came again
 * @param differences from the undisturbed run
 * @param problem what kept the job from coming to its end; empty if it did
 * @param silence longest time without a new event after the fault, seconds
 * @param jobManager resident memory of the JobManager that lived longest
 * @param taskManager the same of a TaskManager
 */
record FaultResult(
    String name,
    int records,
    int events,
    int repeats,
    List<String> differences,
    String problem,
    double silence,
    MemoryWatch.Resident jobManager,
    MemoryWatch.Resident taskManager,
    LogCount log) {

  static final String HEAD =
      "| fault | records | events | repeats | against the undisturbed run | longest silence, s |"
          + " JobManager MiB | TaskManager MiB | WARN / ERROR / stack lines |\n"
          + "|---|---:|---:|---:|---|---:|---:|---:|---:|";

  boolean passed() {
    return differences.isEmpty() && problem.isEmpty() && events > 0;
  }

  String row() {
    String same =
        !problem.isEmpty()
            ? "**" + problem + "**; " + count()
            : differences.isEmpty() ? "the same" : "**" + count() + "**";
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %s | %.1f | %s | %s | %s |",
        name,
        records,
        events,
        repeats,
        same,
        silence,
        jobManager,
        taskManager,
        log.shown());
  }

  /** What is missing, different, or one too many; with exactly-once a repeat too. */
  static List<String> differences(
      Map<String, List<String>> expected,
      Map<String, List<String>> found,
      String closing,
      boolean once) {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (id, values) -> {
          List<String> came = found.get(id);
          if (came == null) {
            if (!values.get(0).contains(closing)) {
              differences.add("missing: " + id);
            }
          } else if (!Set.copyOf(came).equals(Set.copyOf(values))) {
            differences.add("another content: " + id);
          } else if (once && came.size() > 1) {
            differences.add("twice: " + id);
          }
        });
    found.keySet().stream()
        .filter(id -> !expected.containsKey(id))
        .forEach(id -> differences.add("not expected: " + id));
    return differences;
  }

  /** What was expected and what came, line by line, for whoever looks for the cause. */
  static List<String> otherContents(
      Map<String, List<String>> expected, Map<String, List<String>> found) {
    List<String> lines = new ArrayList<>();
    found.forEach(
        (id, came) -> {
          List<String> values = expected.getOrDefault(id, List.of());
          if (!Set.copyOf(came).equals(Set.copyOf(values))) {
            lines.add(id);
            values.forEach(value -> lines.add("  expected " + value));
            came.forEach(value -> lines.add("  came     " + value));
          }
        });
    return lines;
  }

  private String count() {
    long missing = differences.stream().filter(d -> d.startsWith("missing")).count();
    long other = differences.stream().filter(d -> d.startsWith("another")).count();
    long twice = differences.stream().filter(d -> d.startsWith("twice")).count();
    long unexpected = differences.size() - missing - other - twice;
    return missing
        + " missing, "
        + other
        + " of another content, "
        + unexpected
        + " not expected"
        + (twice > 0 ? ", " + twice + " twice" : "");
  }
}
