package io.oomstream.format.line;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One decoded line within the record's bytes. It is a reusable cursor, so that a dropped line costs
 * no allocation. Valid only during the call.
 */
public final class LineView {

  /** An absent number. */
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
   * Fills missing facts from the outer envelope. A kernel facility inside of a message proves
   * nothing.
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

  /** Syslog facility; -1 if absent. */
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
   * Whether any fact says that the kernel wrote the line: the facility, the program's name, a
   * kernel time or a record number. This is no proof: see {@link #facility}.
   */
  public boolean saysKernel() {
    return facility == 0
        || (facility < 0 && (namedKernels || kernelTimeUs != ABSENT || sequence != ABSENT));
  }

  /** A hash of the host without creating a string; 0 without a host. */
  public int hostHash() {
    int hash = 0;
    for (int i = host.start; i < host.end; i++) {
      hash = 31 * hash + host.bytes[i];
    }
    return hash;
  }

  /**
   * Whether this is a later fragment of a netconsole record: it can't be classified and must be
   * kept.
   */
  public boolean isLaterFragment() {
    return fragmentOffset > 0;
  }

  /**
   * Copies the line out of the record.
   *
   * @param fallbackHost the host if the envelope has none; null if unknown
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
