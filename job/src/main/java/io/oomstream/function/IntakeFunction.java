package io.oomstream.function;

import io.oomstream.assemble.HostLine;
import io.oomstream.intake.IntakeItem;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/** Behind the source: lines go on, dead letters to the side, and marks of progress end. */
@NullUnmarked
public final class IntakeFunction extends ProcessFunction<IntakeItem, HostLine> {

  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(IntakeItem item, Context context, Collector<HostLine> out) {
    if (item.line() != null) {
      out.collect(item.line());
    } else if (item.deadLetter() != null) {
      context.output(Outputs.DEAD_LETTERS, item.deadLetter());
    }
  }
}
