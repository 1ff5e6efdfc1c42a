package io.oomstream.intake;

import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineOrigin;
import io.oomstream.assemble.sequence.DroppedPartitions;
import io.oomstream.assemble.sequence.DroppedSequences;
import io.oomstream.event.DeadLetter;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.DecodeFailure;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.LineConsumer;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads records: decodes them to lines and hands on only the lines that can belong to a block. What
 * cannot be decoded becomes a dead letter with the record's own bytes. Total: never throws on
 * content. A line that is dropped costs no allocation. Not thread safe; of the counts each may be
 * read by another thread, a little late.
 */
public final class LineIntake {

  /** Where the results of {@link #read} go, in the order of the record's lines. */
  public interface Output {

    /** A line, or a note of sequence numbers that are not missing ({@link HostLine#isNote}). */
    void line(HostLine line);

    /** What could not be read, or does not count. */
    void deadLetter(DeadLetter letter);
  }

  private static final Output NOWHERE =
      new Output() {
        @Override
        public void line(HostLine line) {}

        @Override
        public void deadLetter(DeadLetter letter) {}
      };

  private static final RawRecord NONE = new RawRecord("", 0, 0, 0, null, null, Map.of());

  private final DecodeSettings settings;
  private final EnvelopeDecoder decoder;
  private final DroppedPartitions partitions;
  private final LineConsumer consumer = this::take;

  private RawRecord record = NONE;
  private DroppedSequences passed = new DroppedSequences();
  private Output out = NOWHERE;

  /** The host that was hashed last: of many records in a row it is the very same array. */
  private byte @Nullable [] ownerOf;

  private long owner;

  private long recordsRead;
  private long recordsUndecodable;
  private long linesRead;
  private long linesDropped;
  private long linesKept;
  private long linesUnproven;

  /** An intake that has read nothing yet. */
  public LineIntake(DecodeSettings settings) {
    this(settings, new DroppedPartitions());
  }

  /**
   * @param partitions what is known of the partitions' dropped sequence numbers; kept up to date
   */
  public LineIntake(DecodeSettings settings, DroppedPartitions partitions) {
    this.settings = settings;
    this.partitions = partitions;
    decoder =
        new EnvelopeDecoder(
            settings.envelope(), settings.maxLineBytes(), settings.zone(), settings.fields());
  }

  /** Reads one record. The records of a partition come in the order of their offsets. */
  public void read(RawRecord value, Output output) {
    record = value;
    out = output;
    passed = partitions.of(value.topic(), value.partition());
    recordsRead++;
    DecodeFailure failure = decoder.decode(value, consumer);
    if (failure != null) {
      recordsUndecodable++;
      out.deadLetter(
          deadLetter(
              failure.reason() == DecodeFailure.Reason.LINE_TOO_LONG
                  ? DeadLetter.Reason.LINE_TOO_LONG
                  : DeadLetter.Reason.UNDECODABLE,
              failure.detail(),
              failure.envelope()));
    }
    record = NONE;
    out = NOWHERE;
  }

  private void take(LineView line) {
    linesRead++;
    LineRule rule = Classifier.classify(line.bytes(), line.start(), line.end());
    if (rule == null && line.end() > line.start() && line.bytes()[line.start()] <= ' ') {
      rule = classifyIndented(line);
    }
    if (!isWorthKeeping(line, rule)) {
      linesDropped++;
      pass(line);
      return;
    }
    boolean proven = line.facility() >= 0 || (rule != null && LineOrigin.isOfUserSpace(rule));
    if (settings.requireKernelFacility() && !proven && isOfBoot(rule)) {
      linesDropped++; // nothing is lost that an event would have been made of
      pass(line);
      return;
    }
    if (settings.requireKernelFacility() && !proven) {
      linesUnproven++;
      pass(line); // it was there: its number is not missing in a block
      out.deadLetter(
          deadLetter(
              DeadLetter.Reason.UNPROVEN,
              "the envelope does not say that the kernel wrote the line",
              null));
      return;
    }
    linesKept++;
    long[] runs =
        line.sequence() == LineView.ABSENT ? null : passed.before(owner(line), line.sequence());
    out.line(HostLine.of(copy(line), record.key(), record.timestamp(), runs));
  }

  /** Indented by a paste or a collector: the kernel indents no line that begins a section. */
  private static @Nullable LineRule classifyIndented(LineView line) {
    int from = line.start();
    while (from < line.end() && (line.bytes()[from] == ' ' || line.bytes()[from] == '\t')) {
      from++;
    }
    LineRule rule = Classifier.classify(line.bytes(), from, line.end());
    if (rule != null) {
      line.trimStart();
    }
    return rule;
  }

  private static boolean isOfBoot(@Nullable LineRule rule) {
    return rule != null && rule.role() == Role.BOOT && rule != LineRule.BOOT;
  }

  private boolean isWorthKeeping(LineView line, @Nullable LineRule rule) {
    if (line.isLaterFragment()) {
      return line.facility() <= 0;
    }
    if (rule == null) {
      return (settings.requireKernelFacility() ? line.facility() == 0 : line.saysKernel())
          && Classifier.mayBeOfBlock(line.bytes(), line.start(), line.end());
    }
    return line.facility() <= 0 || canBeForged(rule.role()) || LineOrigin.isOfUserSpace(rule);
  }

  /** Notes the number of a line that goes no further. */
  private void pass(LineView line) {
    if (line.sequence() != LineView.ABSENT && passed.dropped(owner(line), line.sequence())) {
      long[] own = {line.sequence(), line.sequence()};
      out.line(HostLine.note(copy(line), record.key(), record.timestamp(), own));
    }
  }

  private KernelLine copy(LineView line) {
    return line.toLine(record, settings.hostName().of(record));
  }

  private long owner(LineView line) {
    if (line.hostHash() != 0) {
      return DroppedSequences.owner(line.hostHash(), null);
    }
    byte[] host = settings.hostName().bytesOf(record);
    if (host != ownerOf || host == null) {
      owner = DroppedSequences.owner(0, host);
      ownerOf = host;
    }
    return owner;
  }

  /**
   * Of what user space wrote only the lines matter that pretend to be a block's beginning or end.
   */
  private static boolean canBeForged(Role role) {
    return role == Role.OPENS || role == Role.CLOSES || role == Role.AFTER;
  }

  private DeadLetter deadLetter(
      DeadLetter.Reason reason, String detail, @Nullable Envelope envelope) {
    return RecordLetter.of(
        record,
        reason,
        detail,
        envelope == null ? null : envelope.name(),
        settings.hostName().of(record));
  }

  /** Records handed to {@link #read}. */
  public long recordsRead() {
    return recordsRead;
  }

  /** Of these the ones that could not be read completely: each is a dead letter. */
  public long recordsUndecodable() {
    return recordsUndecodable;
  }

  /** Lines in the records: dropped, kept or unproven. */
  public long linesRead() {
    return linesRead;
  }

  /** Lines that can belong to no block. */
  public long linesDropped() {
    return linesDropped;
  }

  /** Lines handed to the output; notes do not count. */
  public long linesKept() {
    return linesKept;
  }

  /** Lines refused because nothing proves that the kernel wrote them: each is a dead letter. */
  public long linesUnproven() {
    return linesUnproven;
  }
}
