package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Incidents that say the same: the cause, the limit and the family of names are equal, and either
 * all have a report of their own or none has. One row of the index.
 *
 * @param number from 1
 * @param incidents in their order
 * @param story what is equal, and may be so on other hosts too
 * @param hosts where they happened; those without a name are one
 * @param suppressed whether the kernel's rate limit is known to have kept reports back on them
 */
public record Alike(
    int number, List<Incident> incidents, String story, List<String> hosts, boolean suppressed) {

  /** Rows by host; a reader of more wants to know first what happened, and then where. */
  private static final int MOST_ROWS = 12;

  /** What the kernel's rate limit keeps back of a kill ({@code oom_kill_process} of mm). */
  private static final String LIMITED = "oom_kill_process";

  /**
   * All incidents: those of one host together, and where these are too many, those of all hosts.
   *
   * @param apart each incident alone
   * @param signals which say on which hosts the kernel's rate limit kept reports back
   */
  public static List<Alike> of(
      List<Incident> incidents, boolean apart, List<EventNode> signals, Messages words) {
    Set<String> limited = new HashSet<>();
    for (EventNode signal : signals) {
      EventNode data = signal.at("data");
      if (LIMITED.equals(data.text("subject"))) {
        limited.add(String.valueOf(data.at("host").text("name")));
      }
    }
    if (apart) {
      return by(i -> String.valueOf(i.number()), incidents, limited, words);
    }
    List<Alike> byHost = by(i -> host(i) + "\n" + story(i, words), incidents, limited, words);
    return byHost.size() > MOST_ROWS ? by(i -> story(i, words), incidents, limited, words) : byHost;
  }

  private static List<Alike> by(
      Function<Incident, String> key,
      List<Incident> incidents,
      Set<String> limited,
      Messages words) {
    Map<String, List<Incident>> groups = new LinkedHashMap<>();
    for (Incident incident : incidents) {
      groups.computeIfAbsent(key.apply(incident), k -> new ArrayList<>()).add(incident);
    }
    List<Alike> all = new ArrayList<>();
    for (List<Incident> group : groups.values()) {
      List<String> hosts = group.stream().map(Alike::host).distinct().toList();
      String story = story(group.get(0), words);
      all.add(new Alike(all.size() + 1, group, story, hosts, limited.containsAll(hosts)));
    }
    return all;
  }

  private static String host(Incident incident) {
    return String.valueOf(incident.data().at("host").text("name"));
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

  public Incident first() {
    return incidents.get(0);
  }

  /** How many were killed. */
  public int kills() {
    return incidents.stream().mapToInt(i -> i.kills().size()).sum();
  }

  /** Whom: a name, or the first and the last of many. */
  public String who(Messages words) {
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

  /** The host, or how many of them; null for one without a name. */
  public @Nullable String where(Messages words) {
    return hosts.size() > 1
        ? words.counted("count.host", hosts.size())
        : KillStory.host(first().data());
  }

  private String reportless(Messages words) {
    return words.text(suppressed ? "index.suppressed" : "index.reportless");
  }

  private static String name(EventNode data, Messages words) {
    String comm = data.at("victim").text("comm");
    return comm == null || comm.isBlank() ? words.text("who.unnamed") : comm;
  }
}
