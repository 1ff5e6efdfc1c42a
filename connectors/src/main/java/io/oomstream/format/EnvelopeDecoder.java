package io.oomstream.format;

import org.jspecify.annotations.Nullable;

/**
 * A record's bytes to kernel lines: detects the envelope (or takes the pinned one) and hands each
 * line on. Total: never throws on content.
 */
public final class EnvelopeDecoder {

  private final Envelope pinned;
  private final int maxLineBytes;
  private final LineView view = new LineView();

  /**
   * @param pinned {@link Envelope#AUTO} to detect by shape
   * @param maxLineBytes longer messages are refused with {@link DecodeFailure.Reason#LINE_TOO_LONG}
   */
  public EnvelopeDecoder(Envelope pinned, int maxLineBytes) {
    this.pinned = pinned;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Decodes one record.
   *
   * @return null if it was decoded (also if it held no line), else why not; lines before the
   *     failure may have been handed on
   */
  public @Nullable DecodeFailure decode(RawRecord record, LineConsumer consumer) {
    view.clear();
    return new DecodeFailure(DecodeFailure.Reason.UNDECODABLE, "max " + maxLineBytes, pinned);
  }
}
