package io.oomstream.block.memory;

import io.oomstream.block.request.PrintedMask;
import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Latin1;
import io.oomstream.kernel.LineRule;
import org.jspecify.annotations.Nullable;

/**
 * {@code SLUB: Unable to allocate memory on node -1, gfp=0x820(GFP_ATOMIC)} and the lines of the
 * cache behind it ({@code mm/slub.c: slab_out_of_memory}).
 */
public final class SlabFailureLines {

  private @Nullable String text;
  private @Nullable PrintedMask mask;
  private @Nullable String cache;
  private @Nullable String group;
  private @Nullable Integer order;

  public boolean take(LineRule rule, String line) {
    return switch (rule) {
      case SLUB_FAILURE, SLAB_FAILURE -> head(line);
      case SLAB_FAILURE_CACHE -> cache(line);
      default -> true;
    };
  }

  @Nullable
  public String text() {
    return text;
  }

  @Nullable
  public PrintedMask mask() {
    return mask;
  }

  @Nullable
  public String cache() {
    return cache;
  }

  /**
   * The control group whose copy of the cache it is; null for the machine's. Up to 5.8 each group
   * has its own caches, {@code anon_vma_chain(632851:name)} ({@code mm/slab_common.c:
   * memcg_create_kmem_cache}).
   */
  @Nullable
  public String group() {
    return group;
  }

  /** Where the group's part begins: a bracket, a number, a colon, a name; -1 if there is none. */
  private static int groupAt(String name) {
    int open = name.endsWith(")") ? name.indexOf('(') : -1;
    int digits = open < 0 ? -1 : Digits.end(name, open + 1);
    boolean numbered = digits > open + 1 && digits < name.length() && name.charAt(digits) == ':';
    return open > 0 && numbered ? open : -1;
  }

  /** The smallest order that the cache would have taken. */
  @Nullable
  public Integer order() {
    return order;
  }

  private boolean head(String line) {
    int gfp = line.indexOf("gfp=");
    int end = gfp < 2 ? line.length() : gfp - 2;
    text = Latin1.decode(line.substring(0, end));
    mask = PrintedMask.after(line, "gfp=", 0);
    return mask != null;
  }

  private boolean cache(String line) {
    int at = line.indexOf("cache: ");
    int end = line.lastIndexOf(", object size: ");
    if (at < 0 || end < at + 7) {
      return false;
    }
    String name = Latin1.decode(line.substring(at + 7, end));
    int open = groupAt(name);
    cache = open < 0 ? name : name.substring(0, open);
    group = open < 0 ? null : name.substring(name.indexOf(':', open) + 1, name.length() - 1);
    Long smallest = Digits.after(line, "min order: ", end);
    order = Digits.toInt(smallest != null ? smallest : Digits.after(line, ", order: ", end));
    return true;
  }
}
