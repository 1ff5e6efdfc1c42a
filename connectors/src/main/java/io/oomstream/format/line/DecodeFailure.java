package io.oomstream.format.line;

import org.jspecify.annotations.Nullable;

/**
 * Why a record could not be decoded.
 *
 * @param detail for people: what was wrong and where
 * @param envelope the detected envelope; absent if none
 */
public record DecodeFailure(Reason reason, String detail, @Nullable Envelope envelope) {

  /** The kinds of failure. */
  public enum Reason {
    UNDECODABLE,
    LINE_TOO_LONG
  }
}
