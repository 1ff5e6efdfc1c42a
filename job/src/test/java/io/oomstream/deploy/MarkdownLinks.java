package io.oomstream.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of one Markdown text, and the anchors that GitHub gives its headings. */
record MarkdownLinks(List<String> targets, Set<String> anchors) {

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
  private static final Pattern NAMED = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

  static MarkdownLinks of(String text) {
    List<String> targets = new ArrayList<>();
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    boolean code = false;
    for (String line : text.lines().toList()) {
      if (line.strip().startsWith("```")) {
        code = !code;
        continue;
      }
      if (code) {
        continue;
      }
      Matcher heading = HEADING.matcher(line);
      if (heading.find()) {
        String slug = slug(heading.group(1));
        int before = seen.merge(slug, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? slug : slug + "-" + before);
      }
      Matcher named = NAMED.matcher(line);
      while (named.find()) {
        anchors.add(named.group(1));
      }
      Matcher link = LINK.matcher(withoutCode(line));
      while (link.find()) {
        targets.add(link.group(1));
      }
    }
    return new MarkdownLinks(List.copyOf(targets), Set.copyOf(anchors));
  }

  /** Code has no links; a link's own text may be code. */
  private static String withoutCode(String line) {
    return CODE.matcher(line).replaceAll(code -> line.startsWith("]", code.end()) ? "code" : "");
  }

  /** GitHub's: lower case, of punctuation only - and _ stay, a space is a -. */
  private static String slug(String heading) {
    String text = heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").toLowerCase(Locale.ROOT);
    return text.replaceAll("[^\\p{L}\\p{N}\\s_-]", "").replaceAll("\\s", "-");
  }

  /** What is wrong with the links of a page, as sentences. */
  static List<String> violations(Path page) throws IOException {
    List<String> found = new ArrayList<>();
    for (String target : of(Files.readString(page)).targets()) {
      if (!target.matches("[a-z]+:.*")) {
        found.addAll(violations(page, target));
      }
    }
    return found;
  }

  /** What is wrong with one link that stands on this page. */
  static List<String> violations(Path page, String target) throws IOException {
    Path file = file(page, target);
    if (!Files.exists(file)) {
      return List.of(page + ": no file " + target);
    }
    int hash = target.indexOf('#');
    if (hash < 0 || !file.toString().endsWith(".md")) {
      return List.of();
    }
    String anchor = target.substring(hash + 1);
    return of(Files.readString(file)).anchors().contains(anchor)
        ? List.of()
        : List.of(page + ": no heading " + target);
  }

  /** The file that a relative link leads to. */
  static Path file(Path page, String target) {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    return path.isEmpty() ? page : page.resolveSibling(path).normalize();
  }
}
