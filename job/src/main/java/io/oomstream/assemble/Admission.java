package io.oomstream.assemble;

import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * Whether a host's buffer has room for a line. Lines that begin or end a block have twice the room
 * of other lines, so that blocks have a head and an end even in a flood. Lines from user space and
 * lines without a rule have only a share of the room, so that they can't displace the kernel's
 * lines; likewise what a boot says of memory.
 */
public final class Admission {

  /** What happens with a line. */
  public enum Decision {
    KEEP,
    /** Emit a forged line as its own block at once, because there is no room to keep it. */
    ALONE,
    /** Drop the line; it may not belong to a block. */
    LEAVE_OUT,
    /** Drop the line; a block of the host may be incomplete without it. */
    REFUSE,
    /** The same for a line that begins or ends a block. */
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
    if (rule.role() == Role.BOOT && rule != LineRule.BOOT) {
      boolean wanted = settings.bootMemoryMs() > 0 && isBelowShare(size, 2);
      return wanted ? Decision.KEEP : Decision.LEAVE_OUT;
    }
    if (isBelow(size, isKey(rule) ? 2 : 1)) {
      return Decision.KEEP;
    }
    return isKey(rule) ? Decision.REFUSE_KEY : Decision.REFUSE;
  }

  /** Whether there is room for a note of sequence numbers. */
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
