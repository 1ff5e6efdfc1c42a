package io.oomstream.function.catalogue;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.function.Metrics;
import io.oomstream.state.States;
import io.oomstream.workload.BookChange;
import io.oomstream.workload.ShelfHeader;
import io.oomstream.workload.Shelved;
import io.oomstream.workload.Word;
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
 * Bounds what is remembered of one node: the oldest words are forgotten if there are too many. The
 * words themselves lie where they are looked for, and there each is forgotten {@link
 * Shelved#KEEP_MS} after it was last said; here is only which there are.
 *
 * <p>Its event time is that of the kernel logs and the catalogue: while old logs are read again,
 * nothing is forgotten that they need.
 */
@NullUnmarked
public final class ShelfFunction extends KeyedProcessFunction<String, Word, BookChange> {

  private static final long serialVersionUID = 1L;

  /** The oldest is looked for no more often than that, milliseconds. */
  private static final long STEP_MS = 3_600_000;

  private transient MapState<String, Shelved> shelf;
  private transient ValueState<ShelfHeader> headers;
  private transient Counter evicted;

  @Override
  public void open(OpenContext context) {
    shelf = getRuntimeContext().getMapState(States.shelf());
    headers = getRuntimeContext().getState(States.shelfHeader());
    evicted = getRuntimeContext().getMetricGroup().counter(Metrics.NAMES_EVICTED);
  }

  @Override
  public void processElement(Word word, Context context, Collector<BookChange> out)
      throws Exception {
    TimerService service = context.timerService();
    long due = Shelved.until(word.saidMs());
    if (due <= service.currentWatermark()) {
      return;
    }
    String subject = word.subject();
    Shelved before = shelf.get(subject);
    if (before != null && before.saidMs() > word.saidMs()) {
      return;
    }
    ShelfHeader header = header();
    shelf.put(subject, new Shelved(word.keys(), word.saidMs()));
    header = new ShelfHeader(header.words() + (before == null ? 1 : 0), header.timer());
    for (String key : word.keys()) {
      out.collect(new BookChange(key, subject, word));
    }
    if (header.words() > Shelved.MAX_WORDS) {
      header = evict(header, out);
    }
    if (due < header.timer()) {
      // A word of a clock that is years ahead must not hold up the others.
      if (header.timer() != ShelfHeader.NONE) {
        service.deleteEventTimeTimer(header.timer());
      }
      service.registerEventTimeTimer(due);
      header = new ShelfHeader(header.words(), due);
    }
    headers.update(header);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<BookChange> out)
      throws Exception {
    TimerService service = context.timerService();
    long now = Math.max(timestamp, service.currentWatermark());
    long oldest = Long.MAX_VALUE;
    int left = 0;
    List<String> over = new ArrayList<>();
    for (Map.Entry<String, Shelved> entry : shelf.entries()) {
      if (Shelved.until(entry.getValue().saidMs()) <= now) {
        over.add(entry.getKey());
      } else {
        left++;
        oldest = Math.min(oldest, entry.getValue().saidMs());
      }
    }
    for (String subject : over) {
      shelf.remove(subject);
    }
    if (left == 0) {
      shelf.clear();
      headers.clear();
      return;
    }
    long next =
        Math.max(Shelved.until(oldest), Math.min(Shelved.until(now), EventTime.plus(now, STEP_MS)));
    service.registerEventTimeTimer(next);
    headers.update(new ShelfHeader(left, next));
  }

  private ShelfHeader evict(ShelfHeader header, Collector<BookChange> out) throws Exception {
    List<Map.Entry<String, Shelved>> all = new ArrayList<>();
    for (Map.Entry<String, Shelved> entry : shelf.entries()) {
      all.add(Map.entry(entry.getKey(), entry.getValue()));
    }
    all.sort(
        Comparator.comparingLong((Map.Entry<String, Shelved> e) -> e.getValue().saidMs())
            .thenComparing(Map.Entry::getKey));
    List<Map.Entry<String, Shelved>> oldest = all.subList(0, Math.min(all.size(), Shelved.AT_ONCE));
    evicted.inc(oldest.size());
    forget(oldest, out);
    return new ShelfHeader(header.words() - oldest.size(), header.timer());
  }

  private void forget(List<Map.Entry<String, Shelved>> words, Collector<BookChange> out)
      throws Exception {
    for (Map.Entry<String, Shelved> word : words) {
      shelf.remove(word.getKey());
      for (String key : word.getValue().keys()) {
        out.collect(new BookChange(key, word.getKey(), null));
      }
    }
  }

  private ShelfHeader header() throws Exception {
    ShelfHeader header = headers.value();
    return header == null ? ShelfHeader.EMPTY : header;
  }
}
