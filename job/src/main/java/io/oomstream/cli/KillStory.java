package io.oomstream.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A kill event in sentences. Every method leaves out what the event does not hold. */
final class KillStory {

  private static final String UNNAMED = "a process";

  private final EventNode data;
  private final EventNode victim;

  KillStory(EventNode data) {
    this.data = data;
    this.victim = data.at("victim");
  }

  /** Who, where, when. */
  String headline() {
    String comm = victim.text("comm");
    String who =
        (comm == null ? UNNAMED : comm)
            + new Phrase()
                .add("pid ", victim.number("pid"))
                .add("uid ", victim.number("uid"))
                .inBrackets();
    String host = data.at("host").text("name");
    String when = when(data);
    return who
        + " killed"
        + (host == null ? "" : " on " + host)
        + (when == null ? "" : " at " + when);
  }

  /** The wall clock, or else the time since boot. */
  static @Nullable String when(EventNode data) {
    String time = data.text("time");
    Long us = data.number("kernelTimeUs");
    if (time != null || us == null) {
      return time;
    }
    return String.format(
        Locale.ROOT, "%d.%06d s after boot", us / 1_000_000, Math.abs(us % 1_000_000));
  }

  @Nullable String cause() {
    EventNode cause = data.at("cause");
    String primary = cause.text("primary");
    List<String> contributing = cause.texts("contributing");
    return primary == null || contributing.isEmpty()
        ? primary
        : primary + " (also " + String.join(", ", contributing) + ")";
  }

  @Nullable String summary() {
    return data.at("cause").text("summary");
  }

  /** Whose limit it was. */
  String limit() {
    EventNode scope = data.at("scope");
    String kind = scope.text("kind");
    String whose =
        switch (kind == null ? "" : kind) {
          case "GLOBAL" -> "the whole machine's memory";
          case "MEMCG" ->
              "control group"
                  + orEmpty(scope.text("limitCgroup"))
                  + MemoryStory.groupUsage(data.at("memcg"));
          case "CPUSET" ->
              "memory nodes"
                  + orEmpty(scope.text("memsAllowed"))
                  + " of cpuset"
                  + orEmpty(scope.text("cpuset"));
          case "MEMORY_POLICY" -> "a memory policy, nodes" + orEmpty(scope.text("nodemask"));
          default -> "not told by the log";
        };
    String said =
        new Phrase()
            .add("", scope.text("constraint"))
            .add("kernel said ", data.text("killReason"))
            .inBrackets();
    return whose + said;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : " " + text;
  }

  /** What the victim held and how it was ranked. */
  @Nullable String victim() {
    EventNode badness = victim.at("badness");
    return new Phrase()
        .add("rss ", Figures.bytes(victim.number("rssBytes")), residentKinds())
        .add("swap ", Figures.bytes(victim.number("swapBytes")))
        .add("page tables ", Figures.bytes(victim.number("pageTableBytes")))
        .add("virtual ", Figures.bytes(victim.number("totalVmBytes")))
        .add("adj ", victim.number("oomScoreAdj"))
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
            .add("score ", printed == null ? badness.number("score") : printed)
            .add("rank ", rank, rows == null ? "" : " of " + rows);
    return points == null ? details.orNull() : "badness " + points + details.inBrackets();
  }

  private String residentKinds() {
    return new Phrase()
        .add("anon ", Figures.bytes(victim.number("anonRssBytes")))
        .add("file ", Figures.bytes(victim.number("fileRssBytes")))
        .add("shmem ", Figures.bytes(victim.number("shmemRssBytes")))
        .inBrackets();
  }

  private @Nullable String reaped() {
    Boolean reaped = data.at("reaper").flag("reaped");
    return reaped == null ? null : reaped ? "reaped" : "NOT reaped";
  }

  /** Who asked for the memory that was not there. */
  @Nullable String trigger() {
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
        .add("order ", trigger.number("order"))
        .add("", Figures.bytes(trigger.number("requestedBytes")))
        .add("", names.isEmpty() ? gfp.text("mask") : String.join("|", names))
        .add("path ", trigger.text("path"))
        .orNull();
  }

  @Nullable String workload() {
    EventNode workload = data.at("workload");
    String container = workload.text("containerId");
    return new Phrase()
        .add("", workload.text("runtime"))
        .add("container ", container == null ? null : shortId(container))
        .add("pod ", workload.text("podUid"))
        .add("class ", workload.text("qosClass"))
        .add("unit ", container == null ? workload.text("systemdUnit") : null)
        .add("user ", workload.text("user"))
        .add("group ", data.at("scope").text("taskCgroup"))
        .orNull();
  }

  private static String shortId(String id) {
    return id.length() == 64 ? id.substring(0, 12) : id;
  }

  /** How whole the report was, and whether the kernel is known to have written it. */
  @Nullable String report() {
    EventNode block = data.at("block");
    Boolean complete = block.flag("complete");
    List<String> missing = block.texts("missing");
    String provenance = data.text("provenance");
    return new Phrase()
        .add("", complete == null ? null : complete ? "complete" : "INCOMPLETE")
        .add("missing ", missing.isEmpty() ? null : String.join(" ", missing))
        .add("", block.number("lineCount"), " lines")
        .add("", atLeastOne(block.number("unparsedLines")), " not understood")
        .add("", atLeastOne(block.number("lostLines")), " lost")
        .add("", atLeastOne(block.number("suppressedLines")), " suppressed")
        .add("closed by ", block.text("closedBy"))
        .add("", provenance == null ? null : provenance(provenance))
        .add("", position(block))
        .orNull();
  }

  private static String provenance(String provenance) {
    return switch (provenance) {
      case "KERNEL" -> "written by the kernel";
      case "UNVERIFIED" -> "writer not proven";
      default -> provenance;
    };
  }

  private static @Nullable String position(EventNode block) {
    EventNode first = block.at("first");
    String topic = first.text("topic");
    if (topic == null) {
      return null;
    }
    String offset = first.text("offset");
    String last = block.at("last").text("offset");
    return topic
        + (offset == null ? "" : ":" + offset)
        + (last == null || last.equals(offset) ? "" : "-" + last);
  }

  private static @Nullable Long atLeastOne(@Nullable Long count) {
    return count == null || count == 0 ? null : count;
  }
}
