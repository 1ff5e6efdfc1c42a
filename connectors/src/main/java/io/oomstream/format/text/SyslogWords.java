package io.oomstream.format.text;

import io.oomstream.bytes.Ascii;

/** Syslog's facilities and severities by name. */
public final class SyslogWords {

  private record Word(byte[] text, int number) {}

  private static final Word[] FACILITIES = {
    word("kern", 0),
    word("kernel", 0),
    word("user", 1),
    word("user-level", 1),
    word("mail", 2),
    word("daemon", 3),
    word("system", 3),
    word("auth", 4),
    word("security", 4),
    word("security/authorization", 4),
    word("syslog", 5),
    word("syslogd", 5),
    word("lpr", 6),
    word("news", 7),
    word("uucp", 8),
    word("cron", 9),
    word("clock", 9),
    word("authpriv", 10),
    word("ftp", 11),
    word("local0", 16),
    word("local1", 17),
    word("local2", 18),
    word("local3", 19),
    word("local4", 20),
    word("local5", 21),
    word("local6", 22),
    word("local7", 23)
  };

  private static final Word[] LEVELS = {
    word("emerg", 0),
    word("emergency", 0),
    word("panic", 0),
    word("alert", 1),
    word("crit", 2),
    word("critical", 2),
    word("err", 3),
    word("error", 3),
    word("warn", 4),
    word("warning", 4),
    word("notice", 5),
    word("info", 6),
    word("informational", 6),
    word("debug", 7)
  };

  private SyslogWords() {}

  /** -1 for a word that is none. */
  public static int facility(byte[] text, int start, int end) {
    return number(FACILITIES, text, start, end);
  }

  /** -1 for a word that is none. */
  public static int level(byte[] text, int start, int end) {
    return number(LEVELS, text, start, end);
  }

  private static int number(Word[] words, byte[] text, int start, int end) {
    for (Word word : words) {
      if (isWord(word.text, text, start, end)) {
        return word.number;
      }
    }
    return -1;
  }

  private static boolean isWord(byte[] word, byte[] text, int start, int end) {
    if (end - start != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      int b = text[start + i];
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static Word word(String text, int number) {
    return new Word(Ascii.literal(text), number);
  }
}
