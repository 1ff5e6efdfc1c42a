package io.oomstream.format.line;

import org.jspecify.annotations.Nullable;

/**
 * Why a record could not be decoded.
 *
 * @param detail for people: what was wrong and where
 * @param envelope what it was taken for; absent if nothing fitted
 */
public record DecodeFailure(Reason reason, String detail, @Nullable Envelope envelope) {

  /** The kinds of failure. */
  public enum Reason {
    UNDECODABLE,
    LINE_TOO_LONG
  }
}
