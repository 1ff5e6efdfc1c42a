package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.anomaly.HostHistory;
import io.oomstream.diagnosis.Observation;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.state.States;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The state of the first release is taken and forgotten. */
@NullUnmarked
class DetectFunctionTest {

  private static final long EXPIRY = 5_000;

  /** Writes what the first release's operator kept. */
  @NullUnmarked
  private static final class FirstRelease
      extends KeyedProcessFunction<String, Observation, OutgoingEvent> {

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
      histories.update(
          new HostHistory(
              List.of(new HostHistory.PastKill("id1", 1_000, "w")), List.of(), List.of()));
      expiry.update(EXPIRY);
      context.timerService().registerEventTimeTimer(EXPIRY);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Observation, OutgoingEvent> harness(
      KeyedProcessFunction<String, Observation, OutgoingEvent> function) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(function), seen -> "db1", TypeInformation.of(String.class));
  }

  private static OperatorSubtaskState firstRelease() throws Exception {
    try (var harness = harness(new FirstRelease())) {
      harness.open();
      harness.processElement(null, 1_000);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
      return harness.snapshot(1, 1);
    }
  }

  @Test
  void isForgottenWithTheNextReport() throws Exception {
    try (var harness = harness(new DetectFunction())) {
      harness.initializeState(firstRelease());
      harness.open();
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
      harness.processElement(null, 2_000);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void isForgottenWhenItsTimerFires() throws Exception {
    try (var harness = harness(new DetectFunction())) {
      harness.initializeState(firstRelease());
      harness.open();
      harness.processWatermark(EXPIRY);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }
}
