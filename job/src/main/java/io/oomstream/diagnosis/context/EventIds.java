package io.oomstream.diagnosis.context;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.IdDigest;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.SignalKind;
import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;

/**
 * Deterministic ids: the same log lines give the same id, whatever partition and offset they came
 * by, as long as one of the kernel's or the wall clock's time is known.
 */
public final class EventIds {

  private EventIds() {}

  public static String ofKill(String hostKey, ClassifiedLine killLine) {
    KernelLine line = killLine.line();
    return hash("kill", hostKey, line.bootId(), moment(line), line.text());
  }

  public static String ofSignal(
      String hostKey, KernelBlock block, SignalKind kind, @Nullable String subject) {
    return hash("signal", hostKey, block.info().id(), kind.name(), subject);
  }

  /**
   * The id of what the parts name; null is a part of its own.
   *
   * @param parts in this order
   */
  public static String hash(@Nullable String... parts) {
    IdDigest digest = new IdDigest();
    for (String part : parts) {
      if (part == null) {
        digest.close(1);
      } else {
        digest.add(part);
      }
    }
    return digest.id();
  }

  private static String moment(KernelLine line) {
    if (line.kernelTimeUs() != null) {
      return "kernel " + line.kernelTimeUs();
    }
    if (line.wallTimeUs() != null) {
      return "wall " + line.wallTimeUs();
    }
    return "at " + line.topic() + " " + line.partition() + " " + line.offset() + " " + line.index();
  }
}
