package io.oomstream.function.catalogue;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.function.Metrics;
import io.oomstream.state.States;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.KnownNamesChange;
import io.oomstream.workload.RetainedEntry;
import io.oomstream.workload.RetentionHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Bounds what is remembered of one node: the oldest entries are forgotten if there are too many.
 * The entries themselves are kept where they are looked up, and forgotten there {@link
 * RetainedEntry#KEEP_MS} after they were last sent. Only what is needed to count them is kept here.
 *
 * <p>Its event time is that of the kernel logs and the catalogue: while old logs are read again,
 * nothing is forgotten that they need.
 */
@NullUnmarked
public final class CatalogueRetentionFunction
    extends KeyedProcessFunction<String, CatalogueEntry, KnownNamesChange> {

  private static final long serialVersionUID = 1L;

  /** The oldest is looked for no more often than that, milliseconds. */
  private static final long STEP_MS = 3_600_000;

  private transient MapState<String, RetainedEntry> retained;
  private transient ValueState<RetentionHeader> headers;
  private transient Counter evicted;

  @Override
  public void open(OpenContext context) {
    retained = getRuntimeContext().getMapState(States.retained());
    headers = getRuntimeContext().getState(States.retentionHeader());
    evicted = getRuntimeContext().getMetricGroup().counter(Metrics.NAMES_EVICTED);
  }

  @Override
  public void processElement(CatalogueEntry entry, Context context, Collector<KnownNamesChange> out)
      throws Exception {
    TimerService service = context.timerService();
    long due = RetainedEntry.until(entry.recordedAtMs());
    if (due <= service.currentWatermark()) {
      return;
    }
    String subject = entry.subject();
    RetainedEntry before = retained.get(subject);
    if (before != null && before.recordedAtMs() > entry.recordedAtMs()) {
      return;
    }
    RetentionHeader header = header();
    retained.put(subject, new RetainedEntry(entry.keys(), entry.recordedAtMs()));
    header = new RetentionHeader(header.entries() + (before == null ? 1 : 0), header.timer());
    for (String key : entry.keys()) {
      out.collect(new KnownNamesChange(key, subject, entry));
    }
    if (header.entries() > RetainedEntry.MAX_ENTRIES) {
      header = evict(header, out);
    }
    if (due < header.timer()) {
      // An entry of a clock that is years ahead must not hold up the others.
      if (header.timer() != RetentionHeader.NONE) {
        service.deleteEventTimeTimer(header.timer());
      }
      service.registerEventTimeTimer(due);
      header = new RetentionHeader(header.entries(), due);
    }
    headers.update(header);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<KnownNamesChange> out)
      throws Exception {
    TimerService service = context.timerService();
    long now = Math.max(timestamp, service.currentWatermark());
    long oldest = Long.MAX_VALUE;
    int left = 0;
    List<String> over = new ArrayList<>();
    for (Map.Entry<String, RetainedEntry> entry : retained.entries()) {
      if (RetainedEntry.until(entry.getValue().recordedAtMs()) <= now) {
        over.add(entry.getKey());
      } else {
        left++;
        oldest = Math.min(oldest, entry.getValue().recordedAtMs());
      }
    }
    for (String subject : over) {
      retained.remove(subject);
    }
    if (left == 0) {
      retained.clear();
      headers.clear();
      return;
    }
    long next =
        Math.max(
            RetainedEntry.until(oldest),
            Math.min(RetainedEntry.until(now), EventTime.plus(now, STEP_MS)));
    service.registerEventTimeTimer(next);
    headers.update(new RetentionHeader(left, next));
  }

  private RetentionHeader evict(RetentionHeader header, Collector<KnownNamesChange> out)
      throws Exception {
    List<Map.Entry<String, RetainedEntry>> all = new ArrayList<>();
    for (Map.Entry<String, RetainedEntry> entry : retained.entries()) {
      all.add(Map.entry(entry.getKey(), entry.getValue()));
    }
    all.sort(
        Comparator.comparingLong(
                (Map.Entry<String, RetainedEntry> e) -> e.getValue().recordedAtMs())
            .thenComparing(Map.Entry::getKey));
    List<Map.Entry<String, RetainedEntry>> oldest =
        all.subList(0, Math.min(all.size(), RetainedEntry.AT_ONCE));
    evicted.inc(oldest.size());
    forget(oldest, out);
    return new RetentionHeader(header.entries() - oldest.size(), header.timer());
  }

  private void forget(
      List<Map.Entry<String, RetainedEntry>> entries, Collector<KnownNamesChange> out)
      throws Exception {
    for (Map.Entry<String, RetainedEntry> entry : entries) {
      retained.remove(entry.getKey());
      for (String key : entry.getValue().keys()) {
        out.collect(new KnownNamesChange(key, entry.getKey(), null));
      }
    }
  }

  private RetentionHeader header() throws Exception {
    RetentionHeader header = headers.value();
    return header == null ? RetentionHeader.EMPTY : header;
  }
}
