package io.oomstream.assemble;

import io.oomstream.format.line.KernelLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A compact form of the lines that wait in keyed state. Names, counters and times are differences
 * to a base line, which is kept once for the host.
 *
 * <p>The bytes: two bytes of flags, then the fields that the flags don't mark as absent or equal,
 * numbers as zigzag varints, and last the text up to the end. The base only affects the size:
 * unpacking with the same base always gives an equal line.
 */
public final class PackedLine {

  private static final int NOTE = 1;
  private static final int SAME_HOST = 1 << 1;
  private static final int SAME_BOOT = 1 << 2;
  private static final int SAME_TOPIC = 1 << 3;
  private static final int SAME_KEY = 1 << 4;
  private static final int SAME_CALLER = 1 << 5;
  private static final int SAME_PARTITION = 1 << 6;
  private static final int AT_ITS_TIME = 1 << 7;
  private static final int FRAGMENT = 1 << 8;
  private static final int DROPPED = 1 << 9;
  private static final int SEQUENCE = 1 << 10;
  private static final int KERNEL_TIME = 1 << 11;
  private static final int WALL_TIME = 1 << 12;
  private static final int INDEX = 1 << 13;
  private static final int WIDE = 1 << 14;
  private static final int OTHER_PRIORITY = 1 << 15;

  private static final HostLine NO_BASE =
      HostLine.of(
          new KernelLine(null, null, null, null, null, null, null, null, null, "", "", 0, 0, 0, 0),
          null,
          0);

  private PackedLine() {}

  /** The line without its text, as a base. */
  public static byte[] base(HostLine line) {
    return pack(
        HostLine.of(line.line().withText(""), line.recordKey(), line.effectiveTime()), NO_BASE);
  }

  /** Reads the result of {@link #base}. */
  public static HostLine unpackBase(byte[] base) {
    return unpack(base, NO_BASE);
  }

  /** The line's bytes. */
  public static byte[] pack(HostLine line, HostLine base) {
    KernelLine own = line.line();
    KernelLine other = base.line();
    Packer out = new Packer(32 + own.text().length());
    int flags = flags(line, base);
    out.bytes((byte) flags, (byte) (flags >> 8));
    if ((flags & SAME_HOST) == 0) {
      out.text(own.host());
    }
    if ((flags & SAME_BOOT) == 0) {
      out.text(own.bootId());
    }
    if ((flags & SAME_TOPIC) == 0) {
      out.text(own.topic());
    }
    if ((flags & SAME_KEY) == 0) {
      out.block(line.recordKey());
    }
    if ((flags & SAME_CALLER) == 0) {
      out.text(own.caller());
    }
    if ((flags & SAME_PARTITION) == 0) {
      out.number(own.partition());
    }
    out.number(own.offset() - other.offset());
    if ((flags & INDEX) != 0) {
      out.number(own.index());
    }
    out.number(own.timestamp() - other.timestamp());
    if ((flags & AT_ITS_TIME) == 0) {
      out.number(line.effectiveTime() - own.timestamp());
    }
    if (own.sequence() != null) {
      out.number(own.sequence() - or0(other.sequence()));
    }
    if (own.kernelTimeUs() != null) {
      out.number(own.kernelTimeUs() - or0(other.kernelTimeUs()));
    }
    if (own.wallTimeUs() != null) {
      out.number(own.wallTimeUs() - wallGuess(own.kernelTimeUs(), other));
    }
    if ((flags & OTHER_PRIORITY) != 0) {
      out.optional(own.facility());
      out.optional(own.level());
    } else {
      out.bytes((byte) priority(own.facility(), own.level()));
    }
    if (own.fragmentOffset() != null) {
      out.number(own.fragmentOffset());
    }
    long[] dropped = line.dropped();
    if (dropped != null) {
      out.number(dropped.length);
      for (long bound : dropped) {
        out.number(bound - or0(own.sequence()));
      }
    }
    out.rest(
        own.text()
            .getBytes(
                (flags & WIDE) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16BE));
    return out.toBytes();
  }

  /** The line that was packed with that base. */
  public static HostLine unpack(byte[] bytes, HostLine base) {
    KernelLine other = base.line();
    Unpacker in = new Unpacker(bytes);
    int flags = in.octet() | in.octet() << 8;
    String host = (flags & SAME_HOST) != 0 ? other.host() : in.text();
    String boot = (flags & SAME_BOOT) != 0 ? other.bootId() : in.text();
    String topic = (flags & SAME_TOPIC) != 0 ? other.topic() : in.text();
    byte[] key = (flags & SAME_KEY) != 0 ? base.recordKey() : in.block();
    String caller = (flags & SAME_CALLER) != 0 ? other.caller() : in.text();
    int partition = (flags & SAME_PARTITION) != 0 ? other.partition() : (int) in.number();
    long offset = in.number() + other.offset();
    int index = (flags & INDEX) != 0 ? (int) in.number() : 0;
    long timestamp = in.number() + other.timestamp();
    long effectiveTime = (flags & AT_ITS_TIME) != 0 ? timestamp : in.number() + timestamp;
    Long sequence = (flags & SEQUENCE) == 0 ? null : (Long) (in.number() + or0(other.sequence()));
    Long kernel =
        (flags & KERNEL_TIME) == 0 ? null : (Long) (in.number() + or0(other.kernelTimeUs()));
    Long wall = (flags & WALL_TIME) == 0 ? null : (Long) (in.number() + wallGuess(kernel, other));
    Integer facility;
    Integer level;
    if ((flags & OTHER_PRIORITY) != 0) {
      facility = in.optional();
      level = in.optional();
    } else {
      int priority = in.octet();
      facility = priority >> 3;
      level = priority & 7;
    }
    Integer fragment = (flags & FRAGMENT) == 0 ? null : (Integer) (int) in.number();
    long[] dropped = (flags & DROPPED) == 0 ? null : new long[(int) in.number()];
    for (int i = 0; dropped != null && i < dropped.length; i++) {
      dropped[i] = in.number() + or0(sequence);
    }
    String text =
        new String(
            in.rest(),
            (flags & WIDE) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16BE);
    KernelLine line =
        new KernelLine(
            host,
            boot,
            wall,
            kernel,
            sequence,
            facility,
            level,
            caller,
            fragment,
            text,
            Objects.requireNonNull(topic),
            partition,
            offset,
            index,
            timestamp);
    return new HostLine(
        (flags & NOTE) != 0 ? HostLine.Kind.NOTE : HostLine.Kind.LINE,
        line,
        key,
        effectiveTime,
        dropped);
  }

  private static int flags(HostLine line, HostLine base) {
    KernelLine own = line.line();
    KernelLine other = base.line();
    int flags = line.isNote() ? NOTE : 0;
    flags |= Objects.equals(own.host(), other.host()) ? SAME_HOST : 0;
    flags |= Objects.equals(own.bootId(), other.bootId()) ? SAME_BOOT : 0;
    flags |= own.topic().equals(other.topic()) ? SAME_TOPIC : 0;
    flags |= Arrays.equals(line.recordKey(), base.recordKey()) ? SAME_KEY : 0;
    flags |= Objects.equals(own.caller(), other.caller()) ? SAME_CALLER : 0;
    flags |= own.partition() == other.partition() ? SAME_PARTITION : 0;
    flags |= line.effectiveTime() == own.timestamp() ? AT_ITS_TIME : 0;
    flags |= own.fragmentOffset() != null ? FRAGMENT : 0;
    flags |= line.dropped() != null ? DROPPED : 0;
    flags |= own.sequence() != null ? SEQUENCE : 0;
    flags |= own.kernelTimeUs() != null ? KERNEL_TIME : 0;
    flags |= own.wallTimeUs() != null ? WALL_TIME : 0;
    flags |= own.index() != 0 ? INDEX : 0;
    flags |= own.text().chars().anyMatch(c -> c > 0xff) ? WIDE : 0;
    return flags | (priority(own.facility(), own.level()) < 0 ? OTHER_PRIORITY : 0);
  }

  /** Facility and level in one byte; -1 if they don't fit. */
  private static int priority(@Nullable Integer facility, @Nullable Integer level) {
    if (facility == null || level == null || (facility & ~31) != 0 || (level & ~7) != 0) {
      return -1;
    }
    return facility << 3 | level;
  }

  /** The wall clock of a line, if it advanced like the kernel's clock since the base. */
  private static long wallGuess(@Nullable Long kernelTimeUs, KernelLine base) {
    Long kernel = base.kernelTimeUs();
    long elapsed = kernelTimeUs == null || kernel == null ? 0 : kernelTimeUs - kernel;
    return or0(base.wallTimeUs()) + elapsed;
  }

  private static long or0(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  /** Writes numbers, texts and byte arrays in order. */
  private static final class Packer {
    private byte[] bytes;
    private int size;

    Packer(int expected) {
      bytes = new byte[expected];
    }

    void bytes(byte... more) {
      rest(more);
    }

    void rest(byte[] more) {
      if (size + more.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * (size + more.length));
      }
      System.arraycopy(more, 0, bytes, size, more.length);
      size += more.length;
    }

    /** Differences can overflow; reading overflows back. */
    void number(long number) {
      long left = number << 1 ^ number >> 63;
      while ((left & ~0x7fL) != 0) {
        bytes((byte) (left & 0x7f | 0x80));
        left >>>= 7;
      }
      bytes((byte) left);
    }

    void optional(@Nullable Integer number) {
      bytes((byte) (number == null ? 0 : 1));
      if (number != null) {
        number(number);
      }
    }

    void text(@Nullable String text) {
      block(text == null ? null : text.getBytes(StandardCharsets.UTF_16BE));
    }

    void block(byte @Nullable [] block) {
      number(block == null ? -1 : block.length);
      if (block != null) {
        rest(block);
      }
    }

    byte[] toBytes() {
      return Arrays.copyOf(bytes, size);
    }
  }

  /** Reads what {@link Packer} writes. */
  private static final class Unpacker {
    private final byte[] bytes;
    private int next;

    Unpacker(byte[] bytes) {
      this.bytes = bytes;
    }

    int octet() {
      return bytes[next++] & 0xff;
    }

    long number() {
      long number = 0;
      int shift = 0;
      int octet;
      do {
        octet = octet();
        number |= (octet & 0x7fL) << shift;
        shift += 7;
      } while (octet >= 0x80);
      return number >>> 1 ^ -(number & 1);
    }

    @Nullable Integer optional() {
      return octet() == 0 ? null : (Integer) (int) number();
    }

    @Nullable String text() {
      byte[] block = block();
      return block == null ? null : new String(block, StandardCharsets.UTF_16BE);
    }

    byte @Nullable [] block() {
      int length = (int) number();
      if (length < 0) {
        return null;
      }
      next += length;
      return Arrays.copyOfRange(bytes, next - length, next);
    }

    byte[] rest() {
      int from = next;
      next = bytes.length;
      return Arrays.copyOfRange(bytes, from, next);
    }
  }
}
