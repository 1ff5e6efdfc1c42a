package io.oomstream.event;

/** Whether the kernel itself wrote the line. */
public enum Provenance {
  /** Facility 0 is proven by the envelope. */
  KERNEL,
  /** The envelope carries no facility. */
  UNVERIFIED
}
