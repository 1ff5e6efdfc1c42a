package io.oomstream.config;

/** What to say of an option that does not exist: the nearest one that does. */
final class UnknownOption {

  private UnknownOption() {}

  static String message(String key) {
    String nearest = null;
    int best = Math.max(3, key.length() / 3);
    for (String known : OptionTable.byKey().keySet()) {
      int distance = distance(key, known);
      if (distance < best) {
        best = distance;
        nearest = known;
      }
    }
    return "unknown option \""
        + key
        + "\""
        + (nearest == null
            ? "; ./oomstream run --help lists all options"
            : "; did you mean \"" + nearest + "\"?");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
