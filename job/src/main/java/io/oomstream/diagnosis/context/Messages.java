package io.oomstream.diagnosis.context;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * All words that people read, by key, in one language: {@code messages/<language>.properties}. A
 * text holds its figures as names in braces, so that each language may order them as it needs.
 */
public final class Messages {

  private static final Messages ENGLISH = load(Language.EN);
  private static final Messages CHINESE = load(Language.ZH);

  private final Map<String, String> texts;

  private Messages(Map<String, String> texts) {
    this.texts = texts;
  }

  public static Messages in(Language language) {
    return language == Language.ZH ? CHINESE : ENGLISH;
  }

  /**
   * The text of a key, filled in; the key itself where there is none. Where {@code count} is one,
   * the text of {@code <key>.one} is taken if there is one.
   *
   * @param namesAndValues a name of the text, then its value, and so on; values are not looked into
   */
  public String text(String key, Object... namesAndValues) {
    String one = isOne(namesAndValues) ? texts.get(key + ".one") : null;
    String text = one == null ? texts.get(key) : one;
    if (text == null) {
      return key;
    }
    StringBuilder filled = new StringBuilder(text.length() + 32);
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int close = open < 0 ? -1 : text.indexOf('}', open);
      if (close < 0) {
        break;
      }
      filled.append(text, at, open);
      filled.append(value(text.substring(open + 1, close), namesAndValues));
      at = close + 1;
    }
    return filled.append(text, at, text.length()).toString();
  }

  /** A number and its noun: the key's text with {@code .one} for one, with {@code .many} else. */
  public String counted(String key, long count) {
    return text(key + (count == 1 ? ".one" : ".many"), "count", count);
  }

  private static boolean isOne(Object[] namesAndValues) {
    return "1".equals(value("count", namesAndValues));
  }

  public boolean has(String key) {
    return texts.containsKey(key);
  }

  /** Every key with its text. */
  public Map<String, String> texts() {
    return texts;
  }

  private static String value(String name, Object[] namesAndValues) {
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      if (name.equals(namesAndValues[i])) {
        return String.valueOf(namesAndValues[i + 1]);
      }
    }
    return "{" + name + "}";
  }

  private static Messages load(Language language) {
    String name = "/messages/" + language.name().toLowerCase(Locale.ROOT) + ".properties";
    Properties properties = new Properties();
    try (InputStream in = Messages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
    Map<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> texts.put(k, properties.getProperty(k)));
    return new Messages(Map.copyOf(texts));
  }
}
