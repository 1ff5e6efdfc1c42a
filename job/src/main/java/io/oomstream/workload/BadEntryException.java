package io.oomstream.workload;

/** Why a record of the catalogue can't be read: one line for people. */
public final class BadEntryException extends Exception {
  private static final long serialVersionUID = 1L;

  BadEntryException(String message) {
    super(message);
  }
}
