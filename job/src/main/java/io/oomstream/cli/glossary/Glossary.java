package io.oomstream.cli.glossary;

import io.oomstream.diagnosis.context.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Explains the words of kernel reports in one language: {@code glossary/<language>.properties}, and
 * {@code glossary/sources.properties} for the kernel's files.
 */
public final class Glossary {

  /**
   * A word.
   *
   * @param name as the kernel prints it
   * @param meaning a sentence or two
   * @param source the kernel's file, often with its function
   */
  public record Term(String name, String meaning, String source) {}

  private static final Glossary ENGLISH = load(Language.EN);
  private static final Glossary CHINESE = load(Language.ZH);

  private final Map<String, Term> terms;

  private Glossary(Map<String, Term> terms) {
    this.terms = terms;
  }

  public static Glossary in(Language language) {
    return language == Language.ZH ? CHINESE : ENGLISH;
  }

  /** All words, in alphabetical order. */
  public Map<String, Term> terms() {
    return terms;
  }

  /** A word's explanation; null if the glossary does not have it. */
  public @Nullable Term term(String name) {
    return terms.get(name);
  }

  /** The words of a line that the glossary explains, in the line's order. */
  public Set<String> wordsOf(String line) {
    Set<String> words = new LinkedHashSet<>();
    eachWord(line, words::add);
    return words;
  }

  private void eachWord(String line, Consumer<String> known) {
    int start = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i < line.length() && isPart(line.charAt(i))) {
        continue;
      }
      if (i > start) {
        String word = line.substring(start, i);
        if (terms.containsKey(word)) {
          known.accept(word);
        }
      }
      start = i + 1;
    }
  }

  /** Of a word: what stands between others, as in {@code total-vm:} or {@code min:}. */
  private static boolean isPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static Glossary load(Language language) {
    Properties meanings = properties(language.name().toLowerCase(Locale.ROOT));
    Properties sources = properties("sources");
    Map<String, Term> terms = new TreeMap<>();
    for (String name : meanings.stringPropertyNames()) {
      terms.put(
          name,
          new Term(
              name,
              Objects.requireNonNull(meanings.getProperty(name)),
              sources.getProperty(name, "")));
    }
    return new Glossary(java.util.Collections.unmodifiableMap(terms));
  }

  private static Properties properties(String name) {
    String path = "/glossary/" + name + ".properties";
    Properties properties = new Properties();
    try (InputStream in = Glossary.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
    return properties;
  }
}
