package io.oomstream.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Compares several bytes of a text at a time. */
public final class Words {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private Words() {}

  /** Eight bytes, the first the lowest. */
  public static long eight(byte[] text, int at) {
    return (long) LONGS.get(text, at);
  }

  /** Four bytes, the first the lowest. */
  public static int four(byte[] text, int at) {
    return (int) INTS.get(text, at);
  }

  /** Eight times that byte. */
  public static long repeat(int b) {
    return ONES * (b & 0xff);
  }

  /**
   * Marks the bytes that are zero by their highest bit. The lowest mark is right; one above it may
   * mark a byte of value one.
   */
  public static long zeros(long word) {
    return (word - ONES) & ~word & HIGH;
  }

  /** The place, 0 to 7, of the lowest mark. */
  public static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
