package io.oomstream.cli.text;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.Incident;
import io.oomstream.cli.report.KillStory;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Incidents of one host that say the same: the cause, the limit and the family of names are equal,
 * and either all have a report of their own or none has. One row of the index.
 *
 * @param number from 1
 * @param incidents in their order
 * @param story what is equal, and may be so on other hosts too
 * @param suppressed whether the kernel's rate limit is known to have kept reports back on that host
 */
record Alike(int number, List<Incident> incidents, String story, boolean suppressed) {

  /**
   * All incidents.
   *
   * @param apart each incident alone
   * @param limited hosts whose kernel's rate limit kept reports back
   */
  static List<Alike> of(
      List<Incident> incidents, boolean apart, Set<String> limited, Messages words) {
    Map<String, List<Incident>> groups = new LinkedHashMap<>();
    for (Incident incident : incidents) {
      String host = String.valueOf(incident.data().at("host").text("name"));
      String key = apart ? String.valueOf(incident.number()) : host + "\n" + story(incident, words);
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(incident);
    }
    List<Alike> all = new ArrayList<>();
    for (List<Incident> group : groups.values()) {
      Incident first = group.get(0);
      String host = String.valueOf(first.data().at("host").text("name"));
      all.add(new Alike(all.size() + 1, group, story(first, words), limited.contains(host)));
    }
    return all;
  }

  private static String story(Incident incident, Messages words) {
    EventNode data = incident.data();
    String workload = data.at("workload").text("key");
    return String.join(
        "\n",
        String.valueOf(data.at("cause").text("primary")),
        workload == null ? new KillStory(data, words).whose() : workload,
        family(data.at("victim").text("comm")),
        incident.kills().size() > 1 ? "group" : "one",
        hasReport(data) ? "report" : "line");
  }

  /** A name without its numbers: {@code worker-7} is one of {@code worker-#}. */
  private static String family(@Nullable String name) {
    return name == null ? "" : name.replaceAll("[0-9]+", "#");
  }

  private static boolean hasReport(EventNode data) {
    return data.at("memory").isPresent()
        || data.at("memcg").isPresent()
        || data.at("tasks").isPresent();
  }

  Incident first() {
    return incidents.get(0);
  }

  /** How many were killed. */
  int kills() {
    return incidents.stream().mapToInt(i -> i.kills().size()).sum();
  }

  /** Whom: a name, or the first and the last of many. */
  String who(Messages words) {
    String first = name(first().data(), words);
    int kills = kills();
    if (incidents.size() == 1) {
      EventNode data = first().data();
      Long pid = data.at("victim").number("pid");
      String one = first + (pid == null ? "" : " (pid " + pid + ")");
      String all = kills == 1 ? one : words.text("index.and-more", "who", one, "count", kills - 1);
      return hasReport(data) ? all : all + reportless(words);
    }
    String last = name(incidents.get(incidents.size() - 1).data(), words);
    String names = first.equals(last) ? first : first + " … " + last;
    return words.text(
        "index.many",
        "who",
        names,
        "kills",
        words.text("count.kills", "count", kills),
        "report",
        hasReport(first().data()) ? "" : reportless(words));
  }

  private String reportless(Messages words) {
    return words.text(suppressed ? "index.suppressed" : "index.reportless");
  }

  private static String name(EventNode data, Messages words) {
    String comm = data.at("victim").text("comm");
    return comm == null || comm.isBlank() ? words.text("who.unnamed") : comm;
  }
}
