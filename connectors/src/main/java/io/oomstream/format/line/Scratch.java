package io.oomstream.format.line;

import java.util.Arrays;

/**
 * A reusable, growing buffer for unescaped text. When it grows, the old array keeps its content, so
 * ranges that were handed out stay valid.
 */
public final class Scratch {

  private byte[] bytes = new byte[1024];
  private int size;

  public void clear() {
    size = 0;
  }

  public void add(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
  }

  public void add(byte[] text, int start, int end) {
    int length = end - start;
    if (length <= 0) {
      return;
    }
    if (length > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
    }
    System.arraycopy(text, start, bytes, size, length);
    size += length;
  }

  /** A number in digits. */
  public void addNumber(long number) {
    if (number < 0) {
      String digits = Long.toString(number);
      for (int i = 0; i < digits.length(); i++) {
        add(digits.charAt(i));
      }
      return;
    }
    long unit = 1;
    while (number / unit >= 10) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      add((int) ('0' + number / unit % 10));
    }
  }

  /** Replaces a byte that was added. */
  public void set(int at, int value) {
    bytes[at] = (byte) value;
  }

  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /** A code point as UTF-8. */
  public void addUtf8(int codePoint) {
    if (codePoint < 0x80) {
      add(codePoint);
    } else if (codePoint < 0x800) {
      add(0xc0 | (codePoint >> 6));
      add(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
      add(0xe0 | (codePoint >> 12));
      add(0x80 | ((codePoint >> 6) & 0x3f));
      add(0x80 | (codePoint & 0x3f));
    } else {
      add(0xf0 | (codePoint >> 18));
      add(0x80 | ((codePoint >> 12) & 0x3f));
      add(0x80 | ((codePoint >> 6) & 0x3f));
      add(0x80 | (codePoint & 0x3f));
    }
  }
}
