package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.LineRule;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a host's last two boots say of memory. Two, because lines of the boot before
 * can come late. Small, whatever comes: twice {@link BootLog#MOST_BYTES}.
 *
 * @param current null where no line of a boot was seen
 * @param before likewise
 * @param seenMs the newest event time of a line of the host's that was concluded, milliseconds
 */
public record BootLedger(@Nullable BootLog current, @Nullable BootLog before, long seenMs) {

  public static final BootLedger NONE = new BootLedger(null, null, Long.MIN_VALUE);

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return current == null;
  }

  /** With a line of a boot. The kernel's first line begins another. */
  public BootLedger take(ClassifiedLine classified) {
    KernelLine line = classified.line();
    if (classified.rule() == LineRule.BOOT) {
      boolean again = current != null && Boolean.TRUE.equals(current.names(line));
      return again ? this : begin(line);
    }
    BootLog log = of(line);
    if (log == null) {
      BootLedger begun = begin(line);
      return begun.current == null ? begun : begun.with(begun.current, begun.current.with(line));
    }
    return with(log, log.with(line));
  }

  private BootLedger begin(KernelLine line) {
    return new BootLedger(BootLog.begin(line), current, seenMs);
  }

  private BootLedger with(BootLog old, BootLog changed) {
    return old == current
        ? new BootLedger(changed, before, seenMs)
        : new BootLedger(current, changed, seenMs);
  }

  /** With any other line of the host's: it tells how far the kernel's clock has come. */
  public BootLedger seen(KernelLine line) {
    BootLog log = of(line);
    return log == null ? this : with(log, log.seen(line));
  }

  /** With the event time of a line that is concluded. */
  public BootLedger at(long timeMs) {
    return timeMs <= seenMs ? this : new BootLedger(current, before, timeMs);
  }

  /** The boot of a line; null where it is neither of these. */
  @Nullable BootLog of(KernelLine line) {
    if (current == null) {
      return null;
    }
    Boolean named = current.names(line);
    if (named != null ? named : current.canHold(line)) {
      return current;
    }
    if (before == null || (named == null && line.timestamp() >= current.beganMs())) {
      return null; // or of a boot whose own lines did not come
    }
    named = before.names(line);
    return (named != null ? named : before.canHold(line)) ? before : null;
  }
}
