package io.oomstream.function;

import io.oomstream.anomaly.Outbound;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.RuleRef;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.rule.RuleChange;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/** Drops the signals that a live rule mutes, and counts them in total and for each rule. */
@NullUnmarked
public final class MuteFunction
    extends BroadcastProcessFunction<Outbound, RuleChange, OutgoingEvent> {

  private static final long serialVersionUID = 1L;

  /** Rules with their own counter; a registered metric can't be removed. */
  private static final int MAX_COUNTERS = 1_000;

  private final BroadcastRules rules = new BroadcastRules();

  private transient Counter muted;
  private transient LabelledCounters<SignalKind, Severity> written;
  private transient Map<String, Counter> byRule;

  @Override
  public void open(OpenContext context) {
    muted = getRuntimeContext().getMetricGroup().counter(Metrics.SIGNALS_MUTED);
    written =
        new LabelledCounters<>(
            getRuntimeContext().getMetricGroup(),
            Metrics.SIGNALS,
            Metrics.KIND,
            SignalKind.class,
            Metrics.SEVERITY,
            Severity.class);
    byRule = new HashMap<>();
  }

  @Override
  public void processElement(Outbound signal, ReadOnlyContext context, Collector<OutgoingEvent> out)
      throws Exception {
    RuleRef rule =
        rules
            .read(context)
            .mutedBy(signal.kind(), signal.host(), signal.workload(), signal.eventTimeMs());
    if (rule == null) {
      written.inc(signal.kind(), signal.severity());
      out.collect(signal.event());
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
}
