package io.oomstream.cli.html;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.EventJson;
import java.nio.charset.StandardCharsets;

/** JSON inside a script element: no text of it can end the element or begin another. */
final class ScriptJson {

  private ScriptJson() {}

  static String of(JsonNode json) {
    String text = new String(EventJson.toBytes(json), StandardCharsets.UTF_8);
    StringBuilder safe = new StringBuilder(text.length() + 64);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // JSON has these only inside of its texts, where the escape means the same.
      if (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
        safe.append(String.format("\\u%04x", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }
}
