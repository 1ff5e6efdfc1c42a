package io.oomstream.cli.glossary;

import io.oomstream.diagnosis.context.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
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

  /**
   * A word in a line.
   *
   * @param start its first character
   * @param end behind its last
   */
  public record Use(int start, int end, String name) {}

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

  /**
   * Where a line has words that are explained here, in its order. Names of processes and groups can
   * be any word, so a word counts only where the kernel prints the name of a figure or a constant.
   */
  public List<Use> uses(String line) {
    List<Use> uses = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i < line.length() && isPart(line.charAt(i))) {
        continue;
      }
      if (i > start) {
        String word = line.substring(start, i);
        if (terms.containsKey(word) && isMeant(word, line, start, i)) {
          uses.add(new Use(start, i, word));
        }
      }
      start = i + 1;
    }
    return uses;
  }

  private static boolean isMeant(String word, String line, int start, int end) {
    char before = start == 0 ? ' ' : line.charAt(start - 1);
    char after = end == line.length() ? ' ' : line.charAt(end);
    if (isTaskHead(line)) {
      return true;
    }
    if (word.equals("name") || isTaskRow(line)) {
      return false;
    }
    if (isZone(word)) {
      return isZonesPlace(line, start, after);
    }
    if (word.startsWith("CONSTRAINT_") || word.startsWith("GFP_") || word.startsWith("__GFP_")) {
      return "=(|".indexOf(before) >= 0 && ",)|".indexOf(after) >= 0;
    }
    if (word.equals("global_oom")) {
      return before == ',' && after == ',';
    }
    if (isUsage(line) && before == ' ' && after == ' ') {
      return true;
    }
    boolean figure = " ,:".indexOf(before) >= 0 && ":=[".indexOf(after) >= 0;
    boolean asked = after == '?' && before == ' ';
    return figure || asked || isStatistic(line, start, end);
  }

  private static boolean isZone(String word) {
    boolean mixed =
        Character.isUpperCase(word.charAt(0)) && word.chars().anyMatch(Character::isLowerCase);
    return mixed || word.startsWith("DMA");
  }

  /** {@code Node 0 DMA free:…} and {@code DMA: 3*4kB}. */
  private static boolean isZonesPlace(String line, int start, char after) {
    String head = line.substring(0, start).strip();
    boolean node = head.startsWith("Node ") && head.length() < 12 && head.indexOf(' ', 5) < 0;
    return (head.isEmpty() || node) && (after == ' ' || after == ':');
  }

  /** {@code memory: usage 1kB, limit 2kB, failcnt 3}. */
  private static boolean isUsage(String line) {
    int colon = line.indexOf(": usage ");
    return colon > 0 && colon < 16;
  }

  /** {@code anon 50225152}, a line of memory.stat. */
  private static boolean isStatistic(String line, int start, int end) {
    String figure = line.substring(end).strip();
    return line.substring(0, start).isBlank()
        && end < line.length()
        && line.charAt(end) == ' '
        && !figure.isEmpty()
        && figure.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isTaskHead(String line) {
    String head = line.strip();
    int pid = head.indexOf("pid");
    return head.startsWith("[") && pid > 0 && pid < 10 && head.indexOf(']') > pid;
  }

  private static boolean isTaskRow(String line) {
    String row = line.strip();
    return row.startsWith("[") && row.length() > 1 && " 0123456789".indexOf(row.charAt(1)) >= 0;
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
    return new Glossary(Collections.unmodifiableMap(terms));
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
