package io.oomstream.format;

/** A JSON envelope: the line of one object. */
interface JsonForm {

  /**
   * Hands the line on, or says why there is none. The view comes cleared.
   *
   * @param recordMs the record's time, to settle a year
   */
  void read(JsonFields fields, LineView view, long recordMs, LineOutput out);
}
