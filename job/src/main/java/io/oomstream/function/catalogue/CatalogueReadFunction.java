package io.oomstream.function.catalogue;

import io.oomstream.event.DeadLetter;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.Metrics;
import io.oomstream.function.Outputs;
import io.oomstream.intake.RecordLetter;
import io.oomstream.workload.BadEntryException;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.CatalogueReader;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/** Records of the catalogue to entries. A record that can't be read becomes a dead letter. */
@NullUnmarked
public final class CatalogueReadFunction extends ProcessFunction<RawRecord, CatalogueEntry> {

  private static final long serialVersionUID = 1L;

  private final CatalogueReader reader;

  private transient Counter read;
  private transient Counter refused;

  public CatalogueReadFunction(CatalogueReader reader) {
    this.reader = reader;
  }

  @Override
  public void open(OpenContext context) {
    read = getRuntimeContext().getMetricGroup().counter(Metrics.NAMES_READ);
    refused = getRuntimeContext().getMetricGroup().counter(Metrics.NAMES_REFUSED);
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<CatalogueEntry> out) {
    try {
      List<CatalogueEntry> entries = reader.read(record);
      read.inc(entries.size());
      entries.forEach(out::collect);
    } catch (BadEntryException e) {
      refused.inc();
      context.output(
          Outputs.DEAD_LETTERS,
          RecordLetter.of(
              record, DeadLetter.Reason.BAD_WORKLOAD, String.valueOf(e.getMessage()), null, null));
    }
  }
}
