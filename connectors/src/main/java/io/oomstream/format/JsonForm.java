package io.oomstream.format;

/** A JSON envelope: the line of one object. */
interface JsonForm {

  /** Hands the line on, or says why there is none. The view comes cleared. */
  void read(JsonFields fields, LineView view, LineOutput out);
}
