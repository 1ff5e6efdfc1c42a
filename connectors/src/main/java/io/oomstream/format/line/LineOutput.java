package io.oomstream.format.line;

import org.jspecify.annotations.Nullable;

/**
 * Receives the lines of one record: numbers them, checks their length, and keeps the first failure
 * while the rest of the record is read.
 */
public final class LineOutput {

  private static final LineConsumer NOBODY = line -> {};

  private final int maxLineBytes;
  private LineConsumer consumer = NOBODY;
  private Envelope envelope = Envelope.AUTO;
  private int index;
  private @Nullable DecodeFailure failure;
  private @Nullable LineView outer;

  public LineOutput(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  public void begin(LineConsumer newConsumer) {
    consumer = newConsumer;
    envelope = Envelope.AUTO;
    index = 0;
    failure = null;
    outer = null;
  }

  /** Ends a record and releases the consumer. */
  @Nullable
  public DecodeFailure finish() {
    consumer = NOBODY;
    return failure;
  }

  /**
   * The following lines are in the message of another envelope, which provides their missing facts;
   * null to end that.
   */
  public void within(@Nullable LineView newOuter) {
    outer = newOuter;
  }

  /** The envelope of the following lines. */
  public void envelope(Envelope newEnvelope) {
    envelope = newEnvelope;
  }

  public Envelope envelope() {
    return envelope;
  }

  public void emit(LineView line) {
    if (outer != null) {
      line.fillFrom(outer);
    }
    line.index = index++;
    int length = line.textEnd - line.textStart;
    if (length > maxLineBytes) {
      fail(
          DecodeFailure.Reason.LINE_TOO_LONG,
          "line " + line.index + " has " + length + " bytes, the limit is " + maxLineBytes);
    } else {
      consumer.accept(line);
    }
  }

  public void undecodable(String detail) {
    fail(DecodeFailure.Reason.UNDECODABLE, detail);
  }

  public void undecodable(String detail, int at) {
    if (failure == null) {
      undecodable(detail + " at byte " + at);
    }
  }

  private void fail(DecodeFailure.Reason reason, String detail) {
    if (failure == null) {
      failure = new DecodeFailure(reason, detail, envelope == Envelope.AUTO ? null : envelope);
    }
  }
}
