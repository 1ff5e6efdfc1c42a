package io.oomstream.assemble;

import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * Whether a host's buffer has room for a line. What begins or ends a block has twice the room of
 * its body, so that a flood still leaves a block with a head and an end; what user space wrote and
 * what no rule knows have a share only, so that they cannot take the kernel's room.
 */
public final class Admission {

  /** What becomes of a line. */
  public enum Decision {
    KEEP,
    /** A forged line for which there is no room: an event of its own, at once. */
    ALONE,
    /** Left out; it may have been no block's. */
    LEAVE_OUT,
    /** Refused; a block of the host may lack it. */
    REFUSE,
    /** The same of a line that begins or ends a block. */
    REFUSE_KEY
  }

  private final AssembleSettings settings;

  public Admission(AssembleSettings settings) {
    this.settings = settings;
  }

  public Decision of(TimedLine line, BufferSize size) {
    LineRule rule = line.classified().rule();
    if (line.isForged() && !isBelowShare(size, 10)) {
      return Decision.ALONE;
    }
    if (rule == LineRule.UNKNOWN && !isBelowShare(size, 2)) {
      return Decision.LEAVE_OUT;
    }
    if (isBelow(size, isKey(rule) ? 2 : 1)) {
      return Decision.KEEP;
    }
    return isKey(rule) ? Decision.REFUSE_KEY : Decision.REFUSE;
  }

  /** Whether there is room for word of sequence numbers. */
  public boolean hasRoomForNote(BufferSize size) {
    return isBelow(size, 1);
  }

  private boolean isBelow(BufferSize size, int factor) {
    return size.items() < (long) settings.maxHostLines() * factor
        && size.bytes() / factor < settings.maxHostBytes();
  }

  private boolean isBelowShare(BufferSize size, int part) {
    return size.items() < settings.maxHostLines() / part
        && size.bytes() < settings.maxHostBytes() / part;
  }

  private static boolean isKey(@Nullable LineRule rule) {
    return rule != null
        && (rule.role() == Role.OPENS
            || rule.role() == Role.CLOSES
            || rule.role() == Role.AFTER
            || rule == LineRule.SUMMARY);
  }
}
