package io.oomstream.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.anomaly.RuleBook;
import io.oomstream.anomaly.RuleChange;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.RuleRef;
import io.oomstream.event.SignalKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/** Keeps back the signals that a live rule mutes, and counts them, for each rule too. */
@NullUnmarked
public final class MuteFunction
    extends BroadcastProcessFunction<OutgoingEvent, RuleChange, OutgoingEvent> {

  private static final long serialVersionUID = 1L;

  /** Rules with a counter of their own; metrics cannot be taken back. */
  private static final int MAX_COUNTERS = 1_000;

  private final BroadcastRules rules = new BroadcastRules();

  private transient Counter muted;
  private transient Map<String, Counter> byRule;

  @Override
  public void open(OpenContext context) {
    muted = getRuntimeContext().getMetricGroup().counter(Metrics.SIGNALS_MUTED);
    byRule = new HashMap<>();
  }

  @Override
  public void processElement(
      OutgoingEvent event, ReadOnlyContext context, Collector<OutgoingEvent> out) throws Exception {
    RuleBook book = rules.read(context);
    RuleRef rule = book.isEmpty() ? null : mutedBy(book, event, context.timestamp());
    if (rule == null) {
      out.collect(event);
      return;
    }
    muted.inc();
    Counter own = byRule.get(rule.id());
    if (own == null && byRule.size() < MAX_COUNTERS) {
      own =
          getRuntimeContext()
              .getMetricGroup()
              .addGroup("rule", rule.id())
              .counter(Metrics.SIGNALS_MUTED);
      byRule.put(rule.id(), own);
    }
    if (own != null) {
      own.inc();
    }
  }

  @Override
  public void processBroadcastElement(
      RuleChange change, Context context, Collector<OutgoingEvent> out) throws Exception {
    rules.take(change, context);
  }

  long mutedCount() {
    return muted.getCount();
  }

  private static RuleRef mutedBy(RuleBook book, OutgoingEvent event, Long timestamp) {
    JsonNode data = EventJson.parse(event.data());
    SignalKind kind = SignalKind.valueOf(data.path("kind").asText());
    String end = data.path("window").path("end").textValue();
    long at = timestamp == null ? Long.MIN_VALUE : timestamp;
    if (end != null) {
      at = Instant.parse(end).toEpochMilli();
    } else if (event.time() != null) {
      at = event.time().toEpochMilli();
    }
    return book.mutedBy(
        kind,
        kind == SignalKind.FLEET_OOM ? null : event.key(),
        data.path("workload").textValue(),
        at);
  }
}
