package io.oomstream.cli.input.paste;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a line what tools put into it on its way: colours, blanks that are none to a
 * program, HTML, carriage returns. One char stands for one byte.
 */
final class PasteCleaner {

  /** ECMA-48: control sequences, a window's title, and the short ones. */
  private static final Pattern CONTROL =
      Pattern.compile(
          "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?"
              + "|\u001b[ -/]*[0-~]");

  /** U+00A0, U+1680, U+2000 to U+200A, U+202F, U+205F, U+3000, in UTF-8. */
  private static final Pattern BLANKS =
      Pattern.compile(
          "\u00c2\u00a0|\u00e1\u009a\u0080|\u00e2\u0080[\u0080-\u008a\u00af]|\u00e2\u0081\u009f"
              + "|\u00e3\u0080\u0080");

  /** U+00A0 in Latin-1, and in UTF-8 that was taken for Latin-1 and written as UTF-8 again. */
  private static final Pattern LATIN_BLANK =
      Pattern.compile("(?<![\u0080-\u00ff])\u00a0|\u00c3\u0082\u00c2\u00a0");

  /** U+200B to U+200F, U+202A to U+202E, U+2060 to U+2069, U+00AD and U+FEFF, in UTF-8. */
  private static final Pattern NOTHING =
      Pattern.compile(
          "\u00e2\u0080[\u008b-\u008f\u00aa-\u00ae]|\u00e2\u0081[\u00a0-\u00a9]|\u00c2\u00ad"
              + "|\u00ef\u00bb\u00bf");

  /** U+2010, U+2011 and U+2212, in UTF-8, within a word or before a figure. */
  private static final Pattern HYPHEN =
      Pattern.compile("\u00e2(?:\u0080[\u0090\u0091]|\u0088\u0092)(?=[0-9A-Za-z_>( ])");

  /** Markdown's escapes, as an editor wrote them. */
  private static final Pattern MARKDOWN = Pattern.compile("\\\\([_*\\[\\]])");

  private static final Pattern ENTITY =
      Pattern.compile("&(?:lt|gt|amp|quot|apos|nbsp|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});");

  private static final Pattern TAG =
      Pattern.compile(
          "(?i)</?(?:pre|code|span|div|p|tr|li|table|tbody|body|html)(?: [^<>]{0,200})?>|<br ?/?>");

  private static final Pattern CELL = Pattern.compile("(?i)<t[dh](?: [^<>]{0,200})?>");
  private static final Pattern CELL_END = Pattern.compile("(?i)</t[dh]>");

  private static final Pattern BYTE = Pattern.compile("<0x([0-9a-fA-F]{2})>");

  /** How rsyslog writes a tab. */
  private static final String TAB = "#011";

  private PasteCleaner() {}

  /** The line, without its end. */
  static String clean(String line) {
    String text = line;
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\r') {
      end--;
    }
    int from = 0;
    while (from < end && text.charAt(from) == '\r') {
      from++;
    }
    text = end - from < text.length() ? text.substring(from, end) : text;
    if (text.startsWith("{")) {
      return text;
    }
    if (text.contains(TAB)) {
      text = text.replace("kernel: " + TAB, "kernel: ").replace(TAB, "\t");
    }
    if (isPlain(text)) {
      return text;
    }
    if (text.indexOf('\u001b') >= 0) {
      text = CONTROL.matcher(text).replaceAll("");
    }
    text = text.indexOf('\0') >= 0 ? text.replace("\0", "") : text;
    text = text.indexOf('\b') >= 0 ? overwritten(text) : text;
    if (text.indexOf('\\') >= 0) {
      text = MARKDOWN.matcher(text).replaceAll("$1");
    }
    text = HYPHEN.matcher(text).replaceAll("-");
    text = LATIN_BLANK.matcher(text).replaceAll(" ");
    text = BLANKS.matcher(text).replaceAll(" ");
    text = NOTHING.matcher(text).replaceAll("");
    if (text.indexOf('<') >= 0) {
      text = TAG.matcher(text).replaceAll("");
      text = CELL_END.matcher(CELL.matcher(text).replaceAll("")).replaceAll("\t");
      text = BYTE.matcher(text).replaceAll(PasteCleaner::byteOf);
    }
    return text.indexOf('&') >= 0 ? ENTITY.matcher(text).replaceAll(PasteCleaner::entity) : text;
  }

  /** Most lines have nothing of all this. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c == '<' || c == '&' || c == '\\' || isControl(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isControl(char c) {
    return c == 0 || c == '\b' || c == '\u001b';
  }

  /** As a terminal shows it: a backspace takes back the character before it. */
  private static String overwritten(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\b') {
        shown.append(c);
      } else if (!shown.isEmpty()) {
        shown.setLength(shown.length() - 1);
      }
    }
    return shown.toString();
  }

  /** A newline stays written, as rsyslog would write it: a line is one line here. */
  private static String byteOf(java.util.regex.MatchResult match) {
    int value = Integer.parseInt(match.group(1), 16);
    String text = value == '\n' ? "#012" : String.valueOf((char) value);
    return Matcher.quoteReplacement(text);
  }

  private static String entity(java.util.regex.MatchResult match) {
    String name = match.group().substring(1, match.group().length() - 1);
    int code =
        switch (name) {
          case "lt" -> '<';
          case "gt" -> '>';
          case "amp" -> '&';
          case "quot" -> '"';
          case "apos" -> '\'';
          case "nbsp" -> ' ';
          default -> number(name);
        };
    return Matcher.quoteReplacement(
        code <= 0 || code > 0x7e ? (code == 0xa0 ? " " : match.group()) : Character.toString(code));
  }

  private static int number(String name) {
    boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
    return Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
  }
}
