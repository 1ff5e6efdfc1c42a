package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.section.KnownBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A kill event in sentences. Every method leaves out what the event does not hold. */
public final class KillStory {
  /** What an event has as its topic where the log was read from standard input. */
  public static final String STANDARD_INPUT = "-";

  private final EventNode data;
  private final EventNode victim;
  private final Messages words;

  public KillStory(EventNode data, Messages words) {
    this.data = data;
    this.words = words;
    this.victim = data.at("victim");
  }

  /** Whether the kernel's choice is all that is known: it may have killed a child instead. */
  boolean isChosen() {
    return KnownBy.ANNOUNCEMENT.name().equals(data.text("knownBy"));
  }

  /** The headline as a note's first line. */
  public String title() {
    if (!isChosen()) {
      return words.text("report.headline", "who", headline());
    }
    String comm = victim.text("comm");
    Long pid = victim.number("pid");
    return words.text(
        "report.chosen",
        "pid",
        pid == null ? "?" : pid,
        "comm",
        comm == null ? words.text("who.unnamed") : comm,
        "where",
        where());
  }

  private String where() {
    String host = host(data);
    String when = when(data, words);
    return (host == null ? "" : words.text("report.on", "host", host))
        + (when == null ? "" : words.text("report.at", "time", when));
  }

  /** Who, where, when. */
  public String headline() {
    String comm = victim.text("comm");
    String who =
        (comm == null ? words.text("who.unnamed") : comm)
            + new Phrase()
                .add("pid ", victim.number("pid"))
                .add("uid ", victim.number("uid"))
                .inBrackets();
    return words.text("report.killed", "who", who) + where();
  }

  /** Name of the victim. */
  public @Nullable String who() {
    String comm = victim.text("comm");
    return comm == null || comm.isBlank() ? null : comm;
  }

  /** Name of the host; null for standard input, whose lines named none. */
  public static @Nullable String host(EventNode data) {
    String name = data.at("host").text("name");
    return STANDARD_INPUT.equals(name) ? null : name;
  }

  /** The wall clock, or else the time since boot. */
  public static @Nullable String when(EventNode data, Messages words) {
    String time = data.text("time");
    Long us = data.number("kernelTimeUs");
    if (time != null || us == null) {
      return time;
    }
    return words.text(
        "report.after-boot",
        "seconds",
        String.format(Locale.ROOT, "%d.%06d", us / 1_000_000, Math.abs(us % 1_000_000)));
  }

  public @Nullable String cause() {
    EventNode cause = data.at("cause");
    String primary = cause.text("primary");
    List<String> contributing = cause.texts("contributing");
    return primary == null || contributing.isEmpty()
        ? primary
        : primary + words.text("report.also", "kinds", String.join(", ", contributing));
  }

  /** What happened, all of it. */
  public @Nullable String why() {
    List<String> why = data.at("cause").texts("why");
    return why.isEmpty()
        ? data.at("cause").text("summary")
        : String.join(words.text("sentence.separator"), why);
  }

  /** The steps, numbered. */
  public List<String> advice() {
    List<String> steps = data.at("cause").texts("advice");
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      numbered.add((steps.size() == 1 ? "" : (i + 1) + ". ") + steps.get(i));
    }
    return numbered;
  }

  /** Whose limit it was. */
  public String limit() {
    EventNode scope = data.at("scope");
    String kind = scope.text("kind");
    String whose =
        switch (kind == null ? "" : kind) {
          case "GLOBAL" -> words.text("report.limit.machine");
          case "MEMCG" -> group(scope);
          case "CPUSET" -> cpuset(named(scope, "memsAllowed"), named(scope, "cpuset"));
          case "MEMORY_POLICY" -> policy(named(scope, "nodemask"));
          default -> words.text("report.limit.unknown");
        };
    String said =
        new Phrase()
            .add("", scope.text("constraint"))
            .add(words.text("report.kernel-said"), data.text("killReason"))
            .inBrackets();
    return whose + said;
  }

  /** The same in a few words, without figures. */
  public String whose() {
    EventNode scope = data.at("scope");
    String kind = scope.text("kind");
    String path = named(scope, "limitCgroup");
    if ("GLOBAL".equals(kind)) {
      return words.text("report.whose.machine");
    }
    if (!"MEMCG".equals(kind)) {
      return limit().replaceFirst(" \\([^()]*\\)$", "");
    }
    String level = scope.text("limitLevel");
    return words.text("level." + (level == null ? "OTHER" : level))
        + (path == null ? "" : " " + ShortPath.name(path));
  }

  private String group(EventNode scope) {
    String level = scope.text("limitLevel");
    String path = named(scope, "limitCgroup");
    EventNode memcg = data.at("memcg");
    String usage =
        new Phrase()
            .add(words.text("report.used"), FigureText.bytes(memcg.number("usageBytes")))
            .add(words.text("report.limit"), FigureText.bytes(memcg.number("limitBytes")))
            .orNull();
    Boolean own = scope.flag("limitIsOwn");
    return words.text("level." + (level == null ? "OTHER" : level))
        + (path == null ? "" : " " + ShortPath.of(path))
        + (usage == null ? "" : ": " + usage)
        + (own == null ? "" : words.text(own ? "report.limit.own" : "report.limit.parent"));
  }

  private String cpuset(@Nullable String nodes, @Nullable String cpuset) {
    return nodes == null || cpuset == null
        ? words.text("report.limit.cpuset.unnamed")
        : words.text("report.limit.cpuset", "nodes", nodes, "cpuset", cpuset);
  }

  private String policy(@Nullable String nodes) {
    return nodes == null
        ? words.text("report.limit.policy.unnamed")
        : words.text("report.limit.policy", "nodes", nodes);
  }

  /** A cut line leaves empty names, which name nothing. */
  private static @Nullable String named(EventNode node, String field) {
    String text = node.text(field);
    return text == null || text.isBlank() ? null : text;
  }

  /** What the victim held and how it was ranked. */
  public @Nullable String victim() {
    EventNode badness = victim.at("badness");
    return new Phrase()
        .add(word("rss"), FigureText.bytes(victim.number("rssBytes")), residentKinds())
        .add(word("swap"), FigureText.bytes(victim.number("swapBytes")))
        .add(word("page-tables"), FigureText.bytes(victim.number("pageTableBytes")))
        .add(word("virtual"), FigureText.bytes(victim.number("totalVmBytes")))
        .add(word("adj"), victim.number("oomScoreAdj"))
        .add("", ranking(badness))
        .add("", reaped())
        .orNull();
  }

  private @Nullable String ranking(EventNode badness) {
    Long printed = badness.number("printedScore");
    Long rank = badness.number("rank");
    Long rows = data.at("tasks").number("count");
    Long points = badness.number("points");
    Phrase details =
        new Phrase()
            .add(word("score"), printed == null ? badness.number("score") : printed)
            .add(
                word("rank"),
                rank,
                rows == null ? "" : words.text("report.rank.of", "count", rows));
    return points == null ? details.orNull() : word("badness") + points + details.inBrackets();
  }

  private String residentKinds() {
    return new Phrase()
        .add(word("anon"), FigureText.bytes(victim.number("anonRssBytes")))
        .add(word("file"), FigureText.bytes(victim.number("fileRssBytes")))
        .add(word("shmem"), FigureText.bytes(victim.number("shmemRssBytes")))
        .inBrackets();
  }

  private @Nullable String reaped() {
    Boolean reaped = data.at("reaper").flag("reaped");
    return reaped == null ? null : words.text(reaped ? "report.reaped" : "report.not-reaped");
  }

  /** Who asked for the memory that was not there. */
  public @Nullable String trigger() {
    EventNode trigger = data.at("trigger");
    EventNode gfp = trigger.at("gfp");
    List<String> names = gfp.texts("names");
    String comm = trigger.text("comm");
    String who =
        new Phrase()
            .add("pid ", trigger.number("pid"))
            .add("cpu ", trigger.number("cpu"))
            .inBrackets();
    return new Phrase()
        .add("", comm == null ? null : comm + who)
        .add(word("order"), trigger.number("order"))
        .add("", FigureText.bytes(trigger.number("requestedBytes")))
        .add("", names.isEmpty() ? gfp.text("mask") : String.join("|", names))
        .add(word("path"), trigger.text("path"))
        .orNull();
  }

  public @Nullable String workload() {
    EventNode workload = data.at("workload");
    String container = workload.text("containerId");
    String outer = workload.text("outerContainerId");
    String group = named(data.at("scope"), "taskCgroup");
    return new Phrase()
        .add("", workload.text("runtime"))
        .add(word("container"), container == null ? null : shortId(container))
        .add(word("pod"), workload.text("podUid"))
        .add(word("class"), workload.text("qosClass"))
        .add(word("unit"), container == null ? workload.text("systemdUnit") : null)
        .add(word("user"), workload.text("user"))
        .add(word("job"), workload.text("job"))
        .add(word("outer"), outer == null ? null : shortId(outer))
        .add(word("group"), group == null ? null : ShortPath.of(group))
        .orNull();
  }

  private static String shortId(String id) {
    return id.length() == 64 ? id.substring(0, 12) : id;
  }

  /** How whole the report was, and whether the kernel is known to have written it. */
  public @Nullable String report() {
    EventNode block = data.at("block");
    Boolean complete = block.flag("complete");
    List<String> missing = block.texts("missing");
    String provenance = data.text("provenance");
    Long lines = block.number("lineCount");
    return new Phrase()
        .add(
            "",
            complete == null
                ? null
                : words.text(complete ? "report.complete" : "report.incomplete"))
        .add(word("missing"), missing.isEmpty() ? null : String.join(" ", missing))
        .add("", lines, word(lines != null && lines == 1 ? "line" : "lines"))
        .add(
            "", atLeastOne(block.number("unparsedLines")), words.text("report.word.not-understood"))
        .add("", atLeastOne(block.number("lostLines")), words.text("report.word.lost"))
        .add("", atLeastOne(block.number("suppressedLines")), words.text("report.word.suppressed"))
        .add(word("closed-by"), block.text("closedBy"))
        .add("", provenance == null ? null : provenance(provenance))
        .add("", position(block))
        .orNull();
  }

  private String provenance(String provenance) {
    String key = "report.provenance." + provenance;
    return words.has(key) ? words.text(key) : provenance;
  }

  private String word(String name) {
    return words.text("report.word." + name);
  }

  /** Where the report's lines stand. */
  public static @Nullable String position(EventNode block) {
    EventNode first = block.at("first");
    String topic = first.text("topic");
    if (topic == null) {
      return null;
    }
    String offset = first.text("offset");
    String last = block.at("last").text("offset");
    return (topic.equals(STANDARD_INPUT) ? "stdin" : topic)
        + (offset == null ? "" : ":" + offset)
        + (last == null || last.equals(offset) ? "" : "-" + last);
  }

  private static @Nullable Long atLeastOne(@Nullable Long count) {
    return count == null || count == 0 ? null : count;
  }
}
