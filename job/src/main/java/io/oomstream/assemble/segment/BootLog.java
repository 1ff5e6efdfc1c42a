package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of one boot say of memory, as the kernel wrote them: at most {@link #MOST_BYTES}.
 *
 * @param bootId null where the envelope names none
 * @param beganMs the record time of its first line, milliseconds
 * @param newestUs the kernel's time of its newest line that is known; {@link Long#MIN_VALUE} for
 *     none
 * @param text the lines, each ended by a newline
 */
public record BootLog(@Nullable String bootId, long beganMs, long newestUs, String text) {

  /** Boots print about a kilobyte of such lines. */
  public static final int MOST_BYTES = 4096;

  /** Longer than any reordering of lines. */
  private static final long CLOCK_FALL_US = 30_000_000;

  static BootLog begin(KernelLine line) {
    return new BootLog(line.bootId(), line.timestamp(), timeOf(line), "");
  }

  private static long timeOf(KernelLine line) {
    Long time = line.kernelTimeUs();
    return time == null ? Long.MIN_VALUE : time;
  }

  /** With one more line; a line that was delivered again changes nothing. */
  BootLog with(KernelLine line) {
    String added = line.text() + "\n";
    boolean has = text.startsWith(added) || text.contains("\n" + added);
    return has || bytes(text) + bytes(added) > MOST_BYTES || line.text().indexOf('\n') >= 0
        ? this
        : new BootLog(
            bootId == null ? line.bootId() : bootId,
            beganMs,
            Math.max(newestUs, timeOf(line)),
            text + added);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** With a line of the boot that says nothing of memory. */
  BootLog seen(KernelLine line) {
    long time = timeOf(line);
    return time <= newestUs ? this : new BootLog(bootId, beganMs, time, text);
  }

  /**
   * Whether the envelope's boot id says that the line is of this boot; null if it does not tell.
   */
  @Nullable Boolean names(KernelLine line) {
    return bootId == null || line.bootId() == null
        ? null
        : Boolean.valueOf(bootId.equals(line.bootId()));
  }

  /** Whether the line can be of this boot by its times. */
  boolean canHold(KernelLine line) {
    Long time = line.kernelTimeUs();
    boolean fell = time != null && newestUs != Long.MIN_VALUE && time < newestUs - CLOCK_FALL_US;
    return line.timestamp() >= beganMs && !fell;
  }
}
