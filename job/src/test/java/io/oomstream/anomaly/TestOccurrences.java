package io.oomstream.anomaly;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Provenance;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Kills and failed allocations made up for tests. */
public final class TestOccurrences {

  private TestOccurrences() {}

  public static Occurrence kill(String host, String id, long time, String workload) {
    return mark(host, id, time, null, workload, "comm:" + workload, null, null, null);
  }

  public static Occurrence failure(
      String host, String id, long time, int order, long free, String code) {
    return mark(host, id, time, SignalKind.ALLOCATION_FAILURE, "", null, order, free, code)
        .of(report(host, time, order));
  }

  /** The one line that a rate limit leaves of a failed allocation. */
  private static LineBlock report(String host, long time, int order) {
    String text = "java: page allocation failure: order:" + order + ", mode:0x20";
    KernelLine line =
        new KernelLine(
            host,
            null,
            null,
            1_000_000L,
            7L,
            0,
            4,
            null,
            null,
            text,
            "kernel.logs",
            0,
            1L,
            0,
            time);
    LineRule rule = Objects.requireNonNull(Classifier.classify(text));
    return new LineBlock(
        MemoryBlock.Kind.PAGE_ALLOCATION_FAILURE,
        List.of(new ClassifiedLine(line, rule)),
        BlockInfo.ClosedBy.GAP,
        0,
        0,
        0);
  }

  private static Occurrence mark(
      String host,
      String id,
      long time,
      @Nullable SignalKind failure,
      String workload,
      @Nullable String fleetKey,
      @Nullable Integer order,
      @Nullable Long free,
      @Nullable String code) {
    return new Occurrence(
        host,
        new Host(host, null, null, null, null, null),
        id,
        time,
        null,
        failure,
        workload,
        fleetKey,
        order,
        free,
        code,
        Provenance.KERNEL,
        null);
  }
}
