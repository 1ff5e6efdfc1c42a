package io.oomstream.function;

import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.state.Types;
import org.apache.flink.util.OutputTag;

/** The side outputs. */
public final class Outputs {
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", Types.DEAD_LETTER);
  public static final OutputTag<OutgoingEvent> KILLS = new OutputTag<>("kills", Types.EVENT);
  public static final OutputTag<Outbound> SIGNALS = new OutputTag<>("signals", Types.OUTBOUND);
  public static final OutputTag<OutgoingEvent> BLOCKS = new OutputTag<>("blocks", Types.EVENT);
  public static final OutputTag<Occurrence> OCCURRENCES =
      new OutputTag<>("occurrences", Types.OCCURRENCE);

  public static final OutputTag<Unnamed> UNNAMED = new OutputTag<>("unnamed", Types.UNNAMED);

  private Outputs() {}
}
