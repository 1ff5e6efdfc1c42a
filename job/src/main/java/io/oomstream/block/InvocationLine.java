package io.oomstream.block;

import org.jspecify.annotations.Nullable;

/**
 * {@code kswapd0 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0} ({@code
 * mm/oom_kill.c: dump_header}).
 *
 * @param comm in Latin-1
 * @param nodemask printed here from 4.9 to 4.20 only
 */
record InvocationLine(
    String comm,
    @Nullable PrintedMask mask,
    @Nullable Integer order,
    @Nullable Integer oomScoreAdj,
    @Nullable String nodemask) {

  private static final String INVOKED = " invoked oom-killer: ";

  static @Nullable InvocationLine parse(String text) {
    int at = text.lastIndexOf(INVOKED);
    if (at < 0) {
      return null;
    }
    int from = at + INVOKED.length();
    return new InvocationLine(
        text.substring(0, at),
        PrintedMask.after(text, "gfp_mask=", from),
        order(text, from),
        Digits.toInt(Digits.between(text, "oom_score_adj=", "", from)),
        nodemask(text, from));
  }

  private static @Nullable Integer order(String text, int from) {
    int at = text.indexOf("order=", from);
    boolean whole = at >= 0 && text.startsWith(",", Digits.end(text, at + 6));
    return whole ? Digits.toInt(Digits.at(text, at + 6)) : null;
  }

  private static @Nullable String nodemask(String text, int from) {
    int at = text.indexOf("nodemask=", from);
    if (at < 0) {
      return null;
    }
    int start = at + 9;
    int end = text.indexOf(", ", start);
    return NodeList.orNull(text.substring(start, end < 0 ? text.length() : end));
  }
}
