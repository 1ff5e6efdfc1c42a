package io.oomstream.event.section;

/** Whether the kernel itself wrote the line. */
public enum Provenance {
  /** Facility 0 is proven by the envelope. */
  KERNEL,
  /** The envelope carries no facility. */
  UNVERIFIED,
  /** A program in user space wrote it about its own action. Never on a kill event. */
  USERSPACE
}
