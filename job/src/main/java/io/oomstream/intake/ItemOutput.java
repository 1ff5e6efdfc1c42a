package io.oomstream.intake;

import io.oomstream.assemble.HostLine;
import io.oomstream.event.DeadLetter;
import java.util.function.Consumer;

/** Lines and dead letters in one stream. */
public final class ItemOutput implements LineIntake.Output {
  private Consumer<? super IntakeItem> items = item -> {};

  /** Where the items go from now on. */
  public void to(Consumer<? super IntakeItem> output) {
    items = output;
  }

  @Override
  public void line(HostLine line) {
    items.accept(IntakeItem.of(line));
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    items.accept(IntakeItem.of(letter));
  }
}
