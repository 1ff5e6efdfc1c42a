package io.oomstream.format;

public final class KmsgEscapes {
  private KmsgEscapes() {}

  public static String unescape(String latin1) {
    return latin1;
  }
}
