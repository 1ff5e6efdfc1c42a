package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The words of the page in one language: {@code page/<language>.properties}. */
public final class PageWords {

  private static final PageWords ENGLISH = load(Language.EN);
  private static final PageWords CHINESE = load(Language.ZH);

  private final Language language;
  private final Map<String, String> texts;

  private PageWords(Language language, Map<String, String> texts) {
    this.language = language;
    this.texts = texts;
  }

  public static PageWords in(Language language) {
    return language == Language.ZH ? CHINESE : ENGLISH;
  }

  public Language language() {
    return language;
  }

  /** The words of the reports, in the same language. */
  public Messages messages() {
    return Messages.in(language);
  }

  /** Every key with its text. */
  Map<String, String> texts() {
    return texts;
  }

  /**
   * The text of a key, filled in; the key itself where there is none. Where {@code count} is one,
   * the text of {@code <key>.one} is taken if there is one.
   *
   * @param namesAndValues a name of the text, then its value, and so on; values are not looked into
   */
  public String text(String key, Object... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      values.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
    }
    String text = texts.get("1".equals(values.get("count")) ? key + ".one" : key);
    if (text == null) {
      text = texts.getOrDefault(key, key);
    }
    StringBuilder filled = new StringBuilder();
    int at = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        break;
      }
      String name = text.substring(open + 1, close);
      filled.append(text, at, open).append(values.getOrDefault(name, "{" + name + "}"));
      at = close + 1;
    }
    return filled.append(text, at, text.length()).toString();
  }

  /** What happened, in a few words; causes that the page does not know keep their name. */
  String cause(EventNode cause) {
    String kind = cause.text("primary");
    if (kind == null) {
      return text("cause.UNDETERMINED");
    }
    return texts.getOrDefault("cause." + kind, kind.replace('_', ' '));
  }

  /** Where something happened; a log on standard input whose lines name no host has words too. */
  String host(EventNode data) {
    String host = HtmlFacts.host(data);
    return host == null ? text("unnamed-host") : host;
  }

  /** {@code 20.8 GiB}; empty for null. */
  static String bytes(@Nullable Long bytes) {
    return bytes == null ? "" : HumanUnits.bytes(bytes);
  }

  private static PageWords load(Language language) {
    Properties properties =
        PageFiles.properties(language.name().toLowerCase(Locale.ROOT) + ".properties");
    Map<String, String> texts = new TreeMap<>();
    properties.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
    return new PageWords(language, Collections.unmodifiableMap(texts));
  }
}
