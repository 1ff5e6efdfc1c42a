package io.oomstream.function;

import io.oomstream.anomaly.DetectorOptions;
import io.oomstream.anomaly.HostDetector;
import io.oomstream.anomaly.HostHistory;
import io.oomstream.diagnosis.Observation;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.state.States;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Step 7: signals over a host's windows. Keeps a bounded history for each host and forgets it when
 * its windows have passed.
 */
@NullUnmarked
public final class DetectFunction extends KeyedProcessFunction<String, Observation, OutgoingEvent> {

  private static final long serialVersionUID = 1L;

  private final DetectorOptions options;

  private transient ValueState<HostHistory> histories;
  private transient ValueState<Long> expiry;
  private transient Counter signals;

  public DetectFunction(DetectorOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    histories = getRuntimeContext().getState(States.hostHistory());
    expiry = getRuntimeContext().getState(States.historyExpiry());
    signals = getRuntimeContext().getMetricGroup().counter(Metrics.WINDOW_SIGNALS);
  }

  @Override
  public void processElement(Observation seen, Context context, Collector<OutgoingEvent> out)
      throws Exception {
    HostDetector.Step step = HostDetector.next(histories.value(), seen, options);
    for (HostDetector.Raised raised : step.signals()) {
      signals.inc();
      out.collect(Outgoing.signal(raised, seen.hostKey()));
    }
    keep(step.history(), seen.eventTimeMs() + options.longestWindowMs(), context.timerService());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutgoingEvent> out)
      throws Exception {
    HostHistory history = histories.value();
    expiry.clear();
    if (history != null) {
      keep(
          HostDetector.expire(history, timestamp, options),
          timestamp + options.longestWindowMs(),
          context.timerService());
    }
  }

  private void keep(HostHistory history, long until, TimerService timers) throws Exception {
    Long old = expiry.value();
    if (history.isEmpty()) {
      if (old != null) {
        timers.deleteEventTimeTimer(old);
      }
      histories.clear();
      expiry.clear();
      return;
    }
    histories.update(history);
    if (old == null || old < until) {
      if (old != null) {
        timers.deleteEventTimeTimer(old);
      }
      timers.registerEventTimeTimer(until);
      expiry.update(until);
    }
  }
}
