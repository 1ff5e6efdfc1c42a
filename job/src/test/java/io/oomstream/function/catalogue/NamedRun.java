package io.oomstream.function.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.anomaly.Unnamed;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.MiniJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Feeds the logs and the catalogue of a {@link NamedFleet} to a job, in one of several ways. */
@NullUnmarked
final class NamedRun implements AutoCloseable {

  private static final long BEHIND_MS = 2_001;
  private static final long STEP_MS = 2_000;
  private static final long END = NamedFleet.START + NamedFleet.LENGTH_MS;

  private MiniJob job;
  private final List<OutgoingEvent> before = new ArrayList<>();
  private final Set<String> said = new HashSet<>();
  private long logTime = Long.MIN_VALUE;
  private long catalogueTime = Long.MIN_VALUE;
  private int left;
  private int atOnce;

  private NamedRun(int parallelism) throws Exception {
    job = MiniJob.named(parallelism, null);
  }

  /**
   * What a run gave.
   *
   * @param events by type and id
   * @param atOnce kills whose container had been named before, each of which left at once
   */
  record Result(Map<String, String> events, int atOnce) {}

  /**
   * As it happens: records are read when they come.
   *
   * @param restores job failures, each with a restore at another parallelism; 0 for none
   */
  static Result live(List<RawRecord> log, List<Sayings.Said> words, int parallelism, int restores)
      throws Exception {
    try (NamedRun run = new NamedRun(parallelism)) {
      int line = 0;
      int word = 0;
      for (long now = NamedFleet.START; now < END + 60_000; now += STEP_MS) {
        while (word < words.size() && words.get(word).atMs() <= now) {
          run.word(words.get(word++));
        }
        while (line < log.size() && log.get(line).timestamp() <= now) {
          run.line(log.get(line++));
        }
        run.job.watermarks(now - BEHIND_MS, now - BEHIND_MS);
        run.left();
        if (restores > 0
            && (now - NamedFleet.START) % (NamedFleet.LENGTH_MS / restores) == 18_000) {
          run.restore(line % 2 == 0 ? 3 : 1);
          run.job.watermarks(now - BEHIND_MS, now - BEHIND_MS);
        }
      }
      return run.end();
    }
  }

  /**
   * Read again, long after: nothing is due before the catalogue was read to its end.
   *
   * @param mixed how lines and words come between each other; null to read the catalogue first
   */
  static Result replayed(
      List<RawRecord> log, List<Sayings.Said> words, int parallelism, @Nullable Random mixed)
      throws Exception {
    try (NamedRun run = new NamedRun(parallelism)) {
      int line = 0;
      int word = 0;
      while (word < words.size() || line < log.size()) {
        boolean isWord =
            word < words.size()
                && (mixed == null || line == log.size() || mixed.nextInt(words.size()) > line);
        if (isWord) {
          run.word(words.get(word++));
          if (word == words.size()) {
            run.time(run.logTime, END);
          }
        } else {
          long time = log.get(line).timestamp();
          run.line(log.get(line++));
          if (line % 50 == 0) {
            run.time(time - BEHIND_MS, run.catalogueTime);
          }
        }
        run.left();
      }
      return run.end();
    }
  }

  private void time(long logs, long catalogue) throws Exception {
    logTime = logs;
    catalogueTime = catalogue;
    job.watermarks(logs, catalogue);
  }

  private void word(Sayings.Said word) throws Exception {
    job.readWorkload(word.record());
    said.addAll(word.ids());
  }

  private void line(RawRecord record) throws Exception {
    job.read(record);
    left();
  }

  /** What was known must leave in the step in which it came. */
  private void left() {
    List<OutgoingEvent> sent = job.sent();
    Set<String> now = new HashSet<>();
    for (; left < sent.size(); left++) {
      now.add(sent.get(left).id());
    }
    for (Unnamed asked : job.takeAsked()) {
      if (asked.kill() != null && said.contains(asked.containerId()) && job.isCatalogueRead()) {
        assertThat(now).as("what is known leaves at once").contains(asked.kill().id());
        atOnce++;
      }
    }
  }

  private void restore(int parallelism) throws Exception {
    MiniJob.Checkpoint checkpoint = job.checkpoint();
    before.addAll(job.sent());
    job.close();
    left = 0;
    job = MiniJob.named(parallelism, checkpoint);
  }

  private Result end() throws Exception {
    job.watermarks(Long.MAX_VALUE, Long.MAX_VALUE);
    assertThat(job.deadLetters()).isEmpty();
    assertThat(job.residues()).as("state and timers left").isEmpty();
    before.addAll(job.sent());
    return new Result(MiniJob.byId(before), atOnce);
  }

  @Override
  public void close() throws Exception {
    job.close();
  }
}
