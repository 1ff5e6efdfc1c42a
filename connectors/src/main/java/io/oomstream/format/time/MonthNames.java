package io.oomstream.format.time;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;

/**
 * The short names that {@code strftime("%b")} gives the months, in languages that don't contradict
 * each other. Polish, Croatian and Czech are left out: {@code lip} and {@code lis} are different
 * months there.
 */
final class MonthNames {

  /** In the order of the months; those of one month divided by blanks. */
  private static final byte[][][] NAMES = {
    words("jan janv ene gen ian"),
    words("feb févr fev febr"),
    words("mar mars mär mrt märz març márc"),
    words("apr avril abr ápr"),
    words("mai may mag mei maj máj maí"),
    words("jun juin giu juni iun jún"),
    words("jul juil lug juli iul júl"),
    words("aug août ago avg ágú agu"),
    words("sep sept set szept"),
    words("oct okt ott out"),
    words("nov nóv"),
    words("dec déc dez dic des"),
  };

  /** After the number of the month in Chinese and Japanese, and in Korean. */
  private static final byte[][] NUMBERED = words("月 월");

  private MonthNames() {}

  /** The month from 1, of a name with or without a point; -1 if unknown. */
  static int of(byte[] text, int start, int end) {
    int after = end > start && text[end - 1] == '.' ? end - 1 : end;
    int digits = Ascii.skipDigits(text, start, after);
    if (digits > start) {
      boolean numbered = isOneOf(NUMBERED, text, digits, after);
      long month = numbered ? Ascii.number(text, start, digits) : -1;
      return month >= 1 && month <= NAMES.length ? (int) month : -1;
    }
    for (int month = 0; month < NAMES.length; month++) {
      if (isOneOf(NAMES[month], text, start, after)) {
        return month + 1;
      }
    }
    return -1;
  }

  private static boolean isOneOf(byte[][] words, byte[] text, int start, int end) {
    for (byte[] word : words) {
      if (word.length == end - start && isSame(word, text, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(byte[] word, byte[] text, int start) {
    for (int i = 0; i < word.length; i++) {
      byte b = text[start + i];
      if (word[i] != (b >= 'A' && b <= 'Z' ? b + 32 : b)) {
        return false;
      }
    }
    return true;
  }

  private static byte[][] words(String blankDivided) {
    String[] words = blankDivided.split(" ");
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }
}
