package io.oomstream.format.json;

import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;

/** A JSON envelope: the line of one object. */
public interface JsonEnvelope {

  /**
   * Hands the line on, or reports why there is none. The view is cleared before.
   *
   * @param recordMs the record's time, to find the year
   */
  void read(JsonFields fields, LineView view, long recordMs, LineOutput out);
}
