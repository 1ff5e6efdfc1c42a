package io.oomstream.block.request;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Latin1;
import io.oomstream.block.text.NodeList;
import org.jspecify.annotations.Nullable;

/**
 * {@code fragger: page allocation failure: order:8, mode:0xcc0(GFP_KERNEL),
 * nodemask=(null),cpuset=/,mems_allowed=0} ({@code mm/page_alloc.c: warn_alloc}).
 *
 * @param comm in Latin-1; null if it was torn off
 * @param text the caller's words
 * @param order null for vmalloc, whose lines name no order of the buddy allocator
 */
public record FailureLine(
    @Nullable String comm,
    String text,
    @Nullable Integer order,
    @Nullable PrintedMask mask,
    @Nullable String nodemask,
    @Nullable String cpuset,
    @Nullable String memsAllowed) {

  /** Longer than a name can be: the first is the line's own. */
  private static final String[] TEXTS = {": page allocation ", ": page alloction stalls"};

  private static final String NAMELESS = "page allocation failure: ";
  private static final String VMALLOC = ": vmalloc";
  private static final String MODE = ", mode:";

  public static @Nullable FailureLine parse(String line) {
    boolean nameless = line.startsWith(NAMELESS);
    FailureLine parsed = parseNamed(nameless ? ": " + line : line);
    return parsed == null || !nameless
        ? parsed
        : new FailureLine(
            null,
            parsed.text,
            parsed.order,
            parsed.mask,
            parsed.nodemask,
            parsed.cpuset,
            parsed.memsAllowed);
  }

  private static @Nullable FailureLine parseNamed(String text) {
    int words = wordsAt(text);
    int first = words >= 0 ? words : text.indexOf(VMALLOC);
    int mode = first < 0 ? -1 : text.indexOf(MODE, first);
    int head = mode < 0 ? text.length() : mode;
    int at = words >= 0 ? words : text.lastIndexOf(VMALLOC, head - VMALLOC.length());
    if (at < 0) {
      return null;
    }
    String reason = text.substring(at + 2, Math.max(head, at + 2));
    int cpuset = text.indexOf(",cpuset=", head);
    int mems = text.lastIndexOf(",mems_allowed=");
    int nodemask = text.indexOf("nodemask=", head);
    return new FailureLine(
        text.substring(0, at),
        Latin1.decode(reason),
        mode < 0 ? null : Digits.toInt(Digits.after(reason, "order:", 0)),
        mode < 0 ? null : PrintedMask.after(text, "mode:", mode),
        nodemask < 0
            ? null
            : NodeList.orNull(
                text.substring(nodemask + 9, cpuset < nodemask ? text.length() : cpuset)),
        cpuset < 0 || mems < cpuset + 8 ? null : Latin1.decode(text.substring(cpuset + 8, mems)),
        mems < 0 ? null : NodeList.orNull(text.substring(mems + 14)));
  }

  private static int wordsAt(String text) {
    for (String words : TEXTS) {
      int at = text.indexOf(words);
      if (at >= 0) {
        return at;
      }
    }
    return -1;
  }
}
