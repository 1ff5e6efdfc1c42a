package io.oomstream.cli.input.store;

import java.io.IOException;

/**
 * A table or document of which it is not known where its lines are. The message says how to go on.
 */
public final class UnknownShape extends IOException {

  private static final long serialVersionUID = 1L;

  UnknownShape(String message) {
    super(message);
  }
}
