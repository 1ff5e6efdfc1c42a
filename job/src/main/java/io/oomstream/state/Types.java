package io.oomstream.state;

import io.oomstream.anomaly.HostHistory;
import io.oomstream.block.LineBlock;
import io.oomstream.diagnosis.Observation;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.RawRecord;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.MachineSample;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Type information of everything that travels or stays, in one place; generic types are switched
 * off.
 */
public final class Types {
  public static final TypeInformation<RawRecord> RAW_RECORD = TypeInformation.of(RawRecord.class);
  public static final TypeInformation<HostLine> HOST_LINE = TypeInformation.of(HostLine.class);
  public static final TypeInformation<BufferHeader> BUFFER_HEADER =
      TypeInformation.of(BufferHeader.class);
  public static final TypeInformation<LineBlock> LINE_BLOCK = TypeInformation.of(LineBlock.class);
  public static final TypeInformation<OutgoingEvent> EVENT =
      TypeInformation.of(OutgoingEvent.class);
  public static final TypeInformation<DeadLetter> DEAD_LETTER =
      TypeInformation.of(DeadLetter.class);

  public static final TypeInformation<Observation> OBSERVATION =
      TypeInformation.of(Observation.class);
  public static final TypeInformation<HostHistory> HOST_HISTORY =
      TypeInformation.of(HostHistory.class);
  public static final TypeInformation<Long> EXPIRY = TypeInformation.of(Long.class);

  public static final TypeInformation<MachineSample> MACHINE_SAMPLE =
      TypeInformation.of(MachineSample.class);
  public static final TypeInformation<MachineHistory> MACHINE_HISTORY =
      TypeInformation.of(MachineHistory.class);
  public static final TypeInformation<Long> COUNT = TypeInformation.of(Long.class);

  private Types() {}
}
