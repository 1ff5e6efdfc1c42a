package io.oomstream.diagnosis.context;

/** A control group in a sentence. */
public final class GroupName {

  private static final int SHORT_ID = 12;

  private GroupName() {}

  /** The end of a path is what tells it from others. */
  public static String shortened(String path) {
    int slash = path.lastIndexOf('/', path.length() - 2);
    String last = slash <= 0 ? path : path.substring(slash + 1);
    StringBuilder text = new StringBuilder();
    int hex = 0;
    for (int i = 0; i < last.length(); i++) {
      char ch = last.charAt(i);
      hex = Character.digit(ch, 16) >= 0 ? hex + 1 : 0;
      if (hex <= SHORT_ID) {
        text.append(ch);
      }
    }
    return text.toString();
  }
}
