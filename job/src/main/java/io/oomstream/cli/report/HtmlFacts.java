package io.oomstream.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sentences of the reports, for the page: what an event does not hold is left out. */
public final class HtmlFacts {

  /** A label and what it is about. */
  public record Fact(String label, String text) {}

  /**
   * A part of the memory that ran out.
   *
   * @param share 0 to 1 of it; negative where counters contradict each other
   */
  public record Share(String name, String label, long bytes, double share) {}

  /**
   * A fact that the cause rests on.
   *
   * @param line record of the log; null if the event does not hold it
   * @param shown the same in one line
   */
  public record Evidence(
      String fact, String figure, @Nullable String line, @Nullable String shown) {}

  /** A signal; each part null where the event does not hold it. */
  public record Signal(
      @Nullable String severity,
      @Nullable String kind,
      @Nullable String host,
      @Nullable String when,
      @Nullable String subject,
      @Nullable String measured,
      @Nullable String summary) {}

  /**
   * Events by their type.
   *
   * @param unfinished a sentence for each report of the OOM killer without a kill
   * @param counts {@code 2 kills, 1 signal}
   */
  public record Events(
      List<EventNode> kills, List<EventNode> signals, List<String> unfinished, String counts) {}

  private HtmlFacts() {}

  public static Events events(List<JsonNode> events, Messages words) {
    EventList list = EventList.of(events);
    return new Events(
        list.kills(),
        list.signals(),
        list.unfinished().stream().map(b -> UnfinishedBlocks.sentence(b, words)).toList(),
        list.counts(words));
  }

  /** Name of the host; null for standard input, whose lines named none. */
  public static @Nullable String host(EventNode data) {
    return KillStory.host(data);
  }

  /** The wall clock, or else the time since boot. */
  public static @Nullable String when(EventNode data, Messages words) {
    return KillStory.when(data, words);
  }

  /** The kind of cause, in the words of the events, with those that contributed. */
  public static @Nullable String causes(EventNode data, Messages words) {
    return new KillStory(data, words).cause();
  }

  /** Whose limit it was. */
  public static String limit(EventNode data, Messages words) {
    return new KillStory(data, words).limit();
  }

  /** The same in a few words, without figures. */
  public static String shortLimit(EventNode data, Messages words) {
    return new KillStory(data, words).whose();
  }

  /**
   * The lines of a block as they are to be shown: some kernels write several into one record.
   *
   * @return for each record its lines
   */
  public static List<List<String>> lines(EventNode block) {
    List<List<String>> records = new ArrayList<>();
    for (JsonNode line : block.json().path("lines")) {
      records.add(line.asText().lines().map(PlainText::of).toList());
    }
    return records;
  }

  /** What the verdict leaves out. */
  public static List<Fact> details(EventNode event, Messages words) {
    EventNode data = event.at("data");
    KillStory story = new KillStory(data, words);
    List<Fact> facts = new ArrayList<>();
    add(facts, "limit", story.limit(), words);
    add(facts, "memory", new MemoryStory(data.at("memory"), words).totals(), words);
    add(facts, "killed", story.victim(), words);
    add(facts, "badness", data.at("victim").at("badness").text("formula"), words);
    add(facts, "asked", story.trigger(), words);
    add(facts, "workload", story.workload(), words);
    add(facts, "key", data.at("workload").text("key"), words);
    add(facts, "report", story.report(), words);
    data.at("block").texts("unparsed").forEach(line -> add(facts, "unread", line, words));
    add(facts, "event", event.text("id"), words);
    return facts;
  }

  private static void add(List<Fact> facts, String label, @Nullable String text, Messages words) {
    if (text != null) {
      facts.add(new Fact(words.text("report.label." + label), text));
    }
  }

  /** A sentence for each zone that the request could use, in the order of the zones. */
  public static List<String> zones(EventNode memory, Messages words) {
    return new MemoryStory(memory, words).zones(Integer.MAX_VALUE);
  }

  /** Where the memory went, biggest first; empty where the event does not hold it. */
  public static List<Share> shares(EventNode data, Messages words) {
    return MemoryShare.of(data).stream()
        .map(s -> new Share(s.name(), label(s.name(), words), s.bytes(), s.share()))
        .toList();
  }

  /** A share's name. */
  public static String label(String name, Messages words) {
    return words.has("share." + name) ? words.text("share." + name) : FigureText.words(name);
  }

  public static List<Evidence> evidence(EventNode cause, Messages words) {
    return EvidenceLine.of(cause, words).stream()
        .map(e -> new Evidence(e.fact(), e.figure(), e.line(), e.shown()))
        .toList();
  }

  public static Signal signal(EventNode data, Messages words) {
    SignalStory signal = SignalStory.of(data, words);
    return new Signal(
        signal.severity(),
        signal.kind(),
        signal.host(),
        signal.when(),
        signal.subject(),
        signal.measured(),
        signal.summary());
  }
}
