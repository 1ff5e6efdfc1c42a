package io.oomstream.local;

import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.Times;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.LineIntake;
import io.oomstream.rule.RuleBook;
import io.oomstream.step.BlockReading;
import io.oomstream.step.LoneFailure;

/**
 * The job without a cluster: the steps of the graph in one thread, for input that ends. It gives
 * the events and dead letters that the graph gives for the same records, as event time comes to
 * them; what it remembers does not grow with the input. There are no live rules here and no
 * snapshots.
 *
 * <p>Event time is that of the records, which come in its order; it is passed on once for every
 * second of it. One that comes out of order counts as late by the rules of the graph.
 *
 * <p>Example: {@code read} the records of a log, then {@code end()}.
 *
 * <p>Not thread-safe.
 */
public final class PlainJob {

  private static final long STEP_MS = 1_000;

  private final PlainSettings settings;
  private final PlainOutput out;
  private final LineIntake intake;
  private final LineIntake.Output lines = new Lines();
  private final HostBlocks hosts;
  private final HostIncidents incidents;
  private final MachineTrends trends;
  private final FleetShares shares;
  private final Fleet fleet;
  private long nextStep = Long.MIN_VALUE;
  private long reached = Long.MIN_VALUE;

  public PlainJob(PlainSettings settings, PlainOutput out) {
    this.settings = settings;
    this.out = out;
    intake = new LineIntake(settings.decode());
    hosts = new HostBlocks(settings.assemble(), this::read, out::deadLetter);
    LoneFailure lone = new LoneFailure(settings.thresholds(), settings.language());
    incidents = new HostIncidents(settings.incidents(), lone, this::write);
    trends = new MachineTrends(settings.trends(), this::write);
    fleet = new Fleet(settings.incidents(), this::write);
    shares =
        new FleetShares(settings.incidents().settlingMs(), settings.fleetShares(), fleet::take);
  }

  /** Takes a record in, and lets event time go on to it. */
  public void read(RawRecord record) {
    intake.read(record, lines);
    long time = Times.bounded(record.timestamp());
    if (time >= nextStep) {
      long second = Math.floorDiv(time, STEP_MS) * STEP_MS;
      nextStep = second + STEP_MS;
      advanceTo(second - 1);
    }
  }

  /**
   * Event time has come so far although no record says so, as on a live log that is quiet.
   *
   * @param time milliseconds; an earlier one than before changes nothing
   */
  public void advanceTo(long time) {
    if (time > reached) {
      reached = time;
      advance(new EventClock(time));
    }
  }

  /** From now on hosts' lines are collected like that: those that wait, too. */
  public void collect(AssembleSettings collecting) {
    hosts.collect(collecting);
  }

  /** No more records come. */
  public void end() {
    advance(new EventClock(Long.MAX_VALUE));
  }

  /**
   * Lets event time go on, step by step: each has what those before it give at that time before it
   * goes on itself.
   */
  private void advance(EventClock to) {
    hosts.advance(to);
    trends.advance(to);
    incidents.advance(to);
    shares.advance(to);
    fleet.advance(to);
  }

  private void read(LineBlock lines) {
    BlockReading read =
        BlockReading.of(lines, settings.thresholds(), settings.language(), RuleBook.EMPTY);
    read.kills().forEach(out::kill);
    read.signals().forEach(this::write);
    for (Occurrence occurrence : read.occurrences()) {
      incidents.take(occurrence);
      shares.take(occurrence);
    }
    if (read.event() != null && out.wants(read.event())) {
      OutgoingEvent event = read.blockEvent();
      if (event != null) {
        out.block(event);
      }
    }
    if (read.sample() != null) {
      trends.take(read.sample());
    }
  }

  private void write(Outbound signal) {
    out.signal(signal.event());
  }

  /** What the intake gives. */
  private final class Lines implements LineIntake.Output {
    @Override
    public void line(HostLine line) {
      hosts.take(line);
    }

    @Override
    public void deadLetter(DeadLetter letter) {
      out.deadLetter(letter);
    }
  }
}
