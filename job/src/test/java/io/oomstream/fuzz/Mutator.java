package io.oomstream.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** What happens to records on their way, and what somebody might do to them on purpose. */
final class Mutator {

  /** Long enough for a whole report in any envelope. */
  static final int MAX_BYTES = 1 << 16;

  private static final List<String> FIGURES =
      List.of(
          "0",
          "-1",
          "-0",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "18446744073709551615",
          "18446744073709551616",
          "99999999999999999999999999",
          "0x7fffffffffffffff",
          "1e999",
          "0.1",
          "00000000000000000001",
          "NaN");

  private static final List<String> TEXTS =
      List.of(
          ") total-vm:1kB, anon-rss:1kB",
          "a (b) c",
          "[  7]",
          "invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
          "Out of memory: Killed process 1 (init)",
          "oom-kill:constraint=CONSTRAINT_NONE,task=a,pid=1,uid=0",
          "Mem-Info:",
          "\n",
          "\r\n",
          "\n6,1,1,-;",
          "\\x0a",
          "\\u0000",
          "\\ud800",
          "\"",
          "\\",
          "{\"a\":",
          "[[[[[[[[",
          "}]",
          "<script>",
          "%s%n",
          "\u0000",
          "\t",
          " ",
          "/../",
          "********************************",
          "kernel: ",
          "[    1.000000] ",
          "2026-11-23T18:04:05Z stdout P ");

  private static final List<byte[]> ENCODINGS =
      List.of(
          new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
          new byte[] {(byte) 0xff, (byte) 0xfe},
          new byte[] {(byte) 0xfe, (byte) 0xff},
          new byte[] {(byte) 0xc0, (byte) 0x80},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
          new byte[] {(byte) 0xe2, (byte) 0x98},
          new byte[] {(byte) 0xe2, (byte) 0x80, (byte) 0xae},
          new byte[] {0x1b, '[', '3', '2', 'm'},
          new byte[] {0x1e},
          new byte[] {(byte) 0x85},
          "\u0661\u0662".getBytes(StandardCharsets.UTF_8));

  private static final int MOST_CHANGES = 4;
  private static final int ONE_IN = 200;

  private Mutator() {}

  static byte[] mutate(List<byte[]> pool, Random random) {
    byte[] input = pick(pool, random);
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      input = change(input, pool, random);
      input = input.length > MAX_BYTES ? Arrays.copyOf(input, MAX_BYTES) : input;
    }
    return random.nextInt(ONE_IN) == 0 ? recoded(input, random) : input;
  }

  private static byte[] change(byte[] input, List<byte[]> pool, Random random) {
    int at = random.nextInt(input.length + 1);
    int to = Math.min(input.length, at + 1 + random.nextInt(32));
    return switch (random.nextInt(15)) {
      case 0 -> Arrays.copyOf(input, at);
      case 1 -> Arrays.copyOfRange(input, at, input.length);
      case 2 -> replaced(input, at, to, new byte[0]);
      case 3 -> replaced(input, at, at, Arrays.copyOfRange(input, at, to));
      case 4 -> {
        byte[] other = pick(pool, random);
        yield replaced(
            input, at, input.length, tail(other, random.nextInt(other.length + 1), other.length));
      }
      case 5 -> replaced(input, at, at, new byte[] {'\n'});
      case 6 -> {
        int[] line = line(input, at);
        yield replaced(input, line[1], line[1], tail(input, line[0], line[1]));
      }
      case 7 -> {
        int[] line = line(input, at);
        yield replaced(input, line[0], line[1], new byte[0]);
      }
      case 8 -> {
        int[] line = line(input, at);
        byte[] moved = tail(input, line[0], line[1]);
        byte[] rest = replaced(input, line[0], line[1], new byte[0]);
        int[] where = line(rest, random.nextInt(rest.length + 1));
        yield replaced(rest, where[0], where[0], moved);
      }
      case 9 -> flipped(input, random);
      case 10, 11 -> {
        int[] figure = figure(input, at);
        yield replaced(input, figure[0], figure[1], text(FIGURES, random));
      }
      case 12 -> replaced(input, at, at, text(TEXTS, random));
      case 13 -> replaced(input, at, at, ENCODINGS.get(random.nextInt(ENCODINGS.size())));
      default -> {
        byte[] other = pick(pool, random);
        int[] line = line(other, random.nextInt(other.length + 1));
        yield replaced(input, line(input, at)[0], at, tail(other, line[0], line[1]));
      }
    };
  }

  private static byte[] pick(List<byte[]> pool, Random random) {
    return pool.get(random.nextInt(pool.size()));
  }

  private static byte[] text(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size())).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] flipped(byte[] input, Random random) {
    byte[] changed = input.clone();
    for (int i = 0; i <= random.nextInt(3) && changed.length > 0; i++) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  /** The line around a place, its end included. */
  private static int[] line(byte[] input, int at) {
    int from = at;
    while (from > 0 && input[from - 1] != '\n') {
      from--;
    }
    int to = at;
    while (to < input.length && input[to] != '\n') {
      to++;
    }
    return new int[] {from, Math.min(input.length, to + 1)};
  }

  /** The next digits behind a place; nothing if there are none. */
  private static int[] figure(byte[] input, int at) {
    int from = at;
    while (from < input.length && !isDigit(input[from])) {
      from++;
    }
    int to = from;
    while (to < input.length && isDigit(input[to])) {
      to++;
    }
    return new int[] {from, to};
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static byte[] tail(byte[] input, int from, int to) {
    return Arrays.copyOfRange(input, from, to);
  }

  private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
    int until = Math.max(from, to);
    byte[] out = new byte[from + by.length + input.length - until];
    System.arraycopy(input, 0, out, 0, from);
    System.arraycopy(by, 0, out, from, by.length);
    System.arraycopy(input, until, out, from + by.length, input.length - until);
    return out;
  }

  private static byte[] recoded(byte[] input, Random random) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    return switch (random.nextInt(3)) {
      case 0 -> text.getBytes(StandardCharsets.UTF_16);
      case 1 -> text.getBytes(StandardCharsets.UTF_8);
      default -> gzip(input);
    };
  }

  private static byte[] gzip(byte[] input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
