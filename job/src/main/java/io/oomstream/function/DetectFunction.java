package io.oomstream.function;

import io.oomstream.anomaly.HostHistory;
import io.oomstream.diagnosis.Observation;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.state.States;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * What the first release remembered of a host, which {@link IncidentFunction} and {@link
 * TrendFunction} do now: kept so that its savepoints are restored, and forgotten with the next
 * report or when the timers of that time fire. Emits nothing.
 */
@NullUnmarked
public final class DetectFunction extends KeyedProcessFunction<String, Observation, OutgoingEvent> {

  private static final long serialVersionUID = 1L;

  private transient ValueState<HostHistory> histories;
  private transient ValueState<Long> expiry;

  @Override
  public void open(OpenContext context) {
    histories = getRuntimeContext().getState(States.hostHistory());
    expiry = getRuntimeContext().getState(States.historyExpiry());
  }

  @Override
  public void processElement(Observation seen, Context context, Collector<OutgoingEvent> out)
      throws Exception {
    Long timer = expiry.value();
    if (timer != null) {
      context.timerService().deleteEventTimeTimer(timer);
    }
    forget();
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutgoingEvent> out)
      throws Exception {
    forget();
  }

  private void forget() {
    histories.clear();
    expiry.clear();
  }
}
