package io.oomstream.cli.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a page strictly: every element is closed, ids are unique, and links lead somewhere. */
public final class HtmlCheck {

  private static final Set<String> VOID = Set.of("meta", "br", "input");

  private static final Pattern TAG =
      Pattern.compile(
          "<(/?)([a-z][a-z0-9]*)((?:\\s+[a-zA-Z][a-zA-Z0-9-]*(?:=\"[^\"<>]*\")?)*)\\s*(/?)>");

  private static final Pattern ATTRIBUTE =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9-]*)(?:=\"([^\"]*)\")?");

  private final Set<String> ids = new HashSet<>();
  private final List<String> targets = new ArrayList<>();

  private HtmlCheck() {}

  /** Checks it. */
  public static void check(String page) {
    new HtmlCheck().read(page);
  }

  private void read(String page) {
    assertThat(page).startsWith("<!doctype html>\n").endsWith("</html>\n");
    Deque<String> open = new ArrayDeque<>();
    int at = "<!doctype html>".length();
    Matcher tag = TAG.matcher(page);
    while (true) {
      int next = page.indexOf('<', at);
      if (next < 0) {
        break;
      }
      assertThat(page.substring(at, next)).doesNotContain(">");
      assertThat(tag.find(next) && tag.start() == next)
          .as("markup at: %s", page.substring(next, Math.min(page.length(), next + 120)))
          .isTrue();
      at = tag.end();
      String name = tag.group(2);
      attributes(tag.group(3));
      if (!tag.group(1).isEmpty()) {
        assertThat(name)
            .as("closed near %s", page.substring(Math.max(0, next - 80), at))
            .isEqualTo(open.pop());
      } else if (tag.group(4).isEmpty() && !VOID.contains(name)) {
        open.push(name);
        if (name.equals("script") || name.equals("style")) {
          at = page.indexOf("</" + name + ">", at);
        }
      }
    }
    assertThat(open).isEmpty();
    assertThat(targets).allSatisfy(target -> assertThat(ids).contains(target));
  }

  private void attributes(String text) {
    Matcher attribute = ATTRIBUTE.matcher(text);
    while (attribute.find()) {
      String name = attribute.group(1);
      String value = attribute.group(2);
      assertThat(name).doesNotStartWith("on").isNotIn("style", "src", "srcset", "data");
      if (name.equals("id")) {
        assertThat(ids.add(value)).as("id %s", value).isTrue();
      } else if (name.equals("href") && value.startsWith("#")) {
        targets.add(value.substring(1));
      } else if (name.equals("href")) {
        assertThat(value).isEqualTo("/");
      }
    }
  }
}
