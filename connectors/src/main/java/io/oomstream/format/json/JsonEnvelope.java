package io.oomstream.format.json;

import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;

/** A JSON envelope: the line of one object. */
public interface JsonEnvelope {

  /**
   * Hands the line on, or says why there is none. The view comes cleared.
   *
   * @param recordMs the record's time, to settle a year
   */
  void read(JsonFields fields, LineView view, long recordMs, LineOutput out);
}
