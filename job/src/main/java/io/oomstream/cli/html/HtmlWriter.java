package io.oomstream.cli.html;

import org.jspecify.annotations.Nullable;

/** Writes HTML so that text from events can only ever be text. */
public final class HtmlWriter {

  private final StringBuilder out = new StringBuilder();

  /** Markup of our own, as it stands. */
  public HtmlWriter raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Text from anywhere, escaped; nothing for null. */
  public HtmlWriter text(@Nullable String text) {
    if (text == null) {
      return this;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return this;
  }

  /** An element that holds just the text; nothing for null. */
  public HtmlWriter element(String name, @Nullable String text) {
    if (text == null) {
      return this;
    }
    return raw("<" + name + ">").text(text).raw("</" + name + ">");
  }

  /** A table cell, which stays in its place when it is empty. */
  public HtmlWriter cell(@Nullable String text) {
    return raw("<td>").text(text).raw("</td>");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
