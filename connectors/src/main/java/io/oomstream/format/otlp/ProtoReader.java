package io.oomstream.format.otlp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks the fields of one protobuf message in the wire format. Never throws on content. */
public final class ProtoReader {

  public static final int BYTES = 2;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int FIXED32 = 5;

  private byte[] bytes;
  private int end;
  private int at;
  private int field;
  private int type;
  private long number;
  private int start;
  private boolean broken;
  private @Nullable ProtoReader inner;

  public ProtoReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.end = end;
    at = start;
  }

  /** Starts with another message. */
  void reset(byte[] newBytes, int newStart, int newEnd) {
    bytes = newBytes;
    at = newStart;
    end = newEnd;
    field = 0;
    type = 0;
    number = 0;
    start = 0;
    broken = false;
  }

  /** Steps to the next field; false at the end or where the message is broken. */
  public boolean next() {
    if (broken || at >= end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    switch (type) {
      case VARINT -> number = varint();
      case FIXED64 -> number = fixed(8);
      case FIXED32 -> number = fixed(4);
      case BYTES -> {
        long length = varint();
        broken |= length < 0 || length > end - at;
        start = at;
        at += broken ? 0 : (int) length;
      }
      default -> broken = true;
    }
    broken |= field <= 0;
    return !broken;
  }

  public int field() {
    return field;
  }

  public boolean isBytes() {
    return type == BYTES;
  }

  /** The field's number; 0 if it is not a number. */
  long number() {
    return type == BYTES ? 0 : number;
  }

  /** The array with the field's bytes, from {@link #start} to {@link #position}. */
  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  /** A copy of the field's bytes alone. */
  public byte[] content() {
    return Arrays.copyOfRange(bytes, start, at);
  }

  /** The field as a message; the reader is reused for each field. */
  public ProtoReader inner() {
    ProtoReader reader = inner;
    if (reader == null) {
      reader = new ProtoReader(bytes, start, at);
      inner = reader;
    } else {
      reader.reset(bytes, start, at);
    }
    return reader;
  }

  public boolean isBroken() {
    return broken;
  }

  int position() {
    return at;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64 && at < end; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    broken = true;
    return 0;
  }

  private long fixed(int width) {
    if (width > end - at) {
      broken = true;
      return 0;
    }
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    at += width;
    return value;
  }
}
