package io.oomstream.local;

import io.oomstream.event.DeadLetter;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;

/** Where the results of a {@link PlainJob} go, as event time comes to them. */
public interface PlainOutput {

  void kill(OutgoingEvent event);

  void signal(OutgoingEvent event);

  /** Whether {@link #block} is to be called for it: its event is long. */
  boolean wants(MemoryBlock block);

  void block(OutgoingEvent event);

  void deadLetter(DeadLetter letter);
}
