package io.oomstream.block.text;

/** Names of the kernel's figures, and of labels, as keys of a map in an event. */
public final class FieldName {

  private FieldName() {}

  /**
   * The name with letters, digits and {@code _} only, as paths of JSON and columns of SQL can take
   * it: {@code isolated(anon)} as {@code isolated_anon}. Never empty, and no digit in front.
   */
  public static String of(String name) {
    StringBuilder key = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (digit && key.isEmpty()) {
        key.append('_');
      }
      if (digit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        key.append(c);
      } else if (key.isEmpty() || key.charAt(key.length() - 1) != '_') {
        key.append('_');
      }
    }
    int end = key.length();
    return end > 1 && key.charAt(end - 1) == '_'
        ? key.substring(0, end - 1)
        : end == 0 ? "_" : key.toString();
  }
}
