package io.oomstream.format.line;

/** Receives each line of a record; the view is only valid during the call. */
@FunctionalInterface
public interface LineConsumer {
  void accept(LineView line);
}
