package io.oomstream.format.line;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One decoded line that still lies in the record's bytes: a reusable cursor, so that a line which
 * the classifier drops costs no allocation. Valid only inside the call it is handed to.
 */
public final class LineView {

  /** Stands for "the envelope does not say" in the numeric fields. */
  public static final long ABSENT = Long.MIN_VALUE;

  public byte[] text = new byte[0];
  public int textStart;
  public int textEnd;
  public long wallTimeUs;
  public long kernelTimeUs;
  public long sequence;
  public int facility;
  public int level;
  public int fragmentOffset;
  int index;
  public boolean namedKernels;
  public final Span host = new Span();
  public final Span bootId = new Span();
  public final Span caller = new Span();

  /** A piece of a byte array; empty means absent. */
  public static final class Span {
    public byte[] bytes = new byte[0];
    public int start;
    public int end;

    public void set(byte[] newBytes, int newStart, int newEnd) {
      bytes = newBytes;
      start = newStart;
      end = newEnd;
    }

    public void clear() {
      start = 0;
      end = 0;
    }

    @Nullable String toText() {
      return end > start ? new String(bytes, start, end - start, StandardCharsets.UTF_8) : null;
    }
  }

  public void clear() {
    textStart = 0;
    textEnd = 0;
    wallTimeUs = ABSENT;
    kernelTimeUs = ABSENT;
    sequence = ABSENT;
    facility = -1;
    level = -1;
    fragmentOffset = -1;
    index = 0;
    namedKernels = false;
    host.clear();
    bootId.clear();
    caller.clear();
  }

  /**
   * Takes over what this line does not say itself. That a line within a message calls itself the
   * kernel's proves nothing.
   */
  public void fillFrom(LineView outer) {
    if (host.end == host.start) {
      host.set(outer.host.bytes, outer.host.start, outer.host.end);
    }
    if (bootId.end == bootId.start) {
      bootId.set(outer.bootId.bytes, outer.bootId.start, outer.bootId.end);
    }
    wallTimeUs = wallTimeUs == ABSENT ? outer.wallTimeUs : wallTimeUs;
    kernelTimeUs = kernelTimeUs == ABSENT ? outer.kernelTimeUs : kernelTimeUs;
    sequence = sequence == ABSENT ? outer.sequence : sequence;
    facility = facility <= 0 ? outer.facility : facility;
    level = level < 0 ? outer.level : level;
    namedKernels |= outer.namedKernels;
  }

  public void setText(byte[] bytes, int start, int end) {
    text = bytes;
    textStart = start;
    textEnd = end;
  }

  /** Leaves out blanks and tabs that a paste put before the text. */
  public void trimStart() {
    textStart = Ascii.skipIndent(text, textStart, textEnd);
  }

  /** The array that holds the message; {@link #start} and {@link #end} bound it. */
  public byte[] bytes() {
    return text;
  }

  public int start() {
    return textStart;
  }

  public int end() {
    return textEnd;
  }

  /** Syslog facility; -1 if the envelope does not say. */
  public int facility() {
    return facility;
  }

  /** Microseconds since boot, or {@link #ABSENT}. */
  public long kernelTimeUs() {
    return kernelTimeUs;
  }

  /** Microseconds since the epoch, or {@link #ABSENT}. */
  public long wallTimeUs() {
    return wallTimeUs;
  }

  /** The kernel's record number, or {@link #ABSENT}. */
  public long sequence() {
    return sequence;
  }

  /**
   * Whether anything about the line says that the kernel wrote it: the facility, the program's name
   * in its header, a kernel time or a record number. No proof: see {@link #facility}.
   */
  public boolean saysKernel() {
    return facility == 0
        || (facility < 0 && (namedKernels || kernelTimeUs != ABSENT || sequence != ABSENT));
  }

  /** Tells hosts apart without making a string; 0 if the envelope names none. */
  public int hostHash() {
    int hash = 0;
    for (int i = host.start; i < host.end; i++) {
      hash = 31 * hash + host.bytes[i];
    }
    return hash;
  }

  /**
   * Whether this is a later piece of a netconsole record: it has no shape of its own and must be
   * kept.
   */
  public boolean isLaterFragment() {
    return fragmentOffset > 0;
  }

  /**
   * Copies the line out of the record.
   *
   * @param fallbackHost the host where the envelope names none; null if that is unknown too
   */
  public KernelLine toLine(RawRecord record, @Nullable String fallbackHost) {
    String ownHost = host.toText();
    return new KernelLine(
        ownHost != null ? ownHost : fallbackHost,
        bootId.toText(),
        wallTimeUs == ABSENT ? null : wallTimeUs,
        kernelTimeUs == ABSENT ? null : kernelTimeUs,
        sequence == ABSENT ? null : sequence,
        facility < 0 ? null : facility,
        level < 0 ? null : level,
        caller.toText(),
        fragmentOffset < 0 ? null : fragmentOffset,
        new String(text, textStart, textEnd - textStart, StandardCharsets.ISO_8859_1),
        record.topic(),
        record.partition(),
        record.offset(),
        index,
        record.timestamp());
  }
}
