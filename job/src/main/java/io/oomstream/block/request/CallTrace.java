package io.oomstream.block.request;

import io.oomstream.event.section.TriggerPath;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of the trace, and what they say of how the allocation came about. */
public final class CallTrace {

  private static final String UNRELIABLE = "? ";
  private static final Set<String> KSWAPD = Set.of("kswapd", "balance_pgdat");
  private static final Set<String> MEMCG =
      Set.of(
          "mem_cgroup_out_of_memory",
          "mem_cgroup_oom_synchronize",
          "try_charge",
          "try_charge_memcg");
  private static final Set<String> FAULT =
      Set.of(
          "handle_mm_fault",
          "__handle_mm_fault",
          "do_user_addr_fault",
          "do_anonymous_page",
          "filemap_fault",
          "asm_exc_page_fault",
          "exc_page_fault",
          "do_page_fault",
          "__do_page_fault",
          "do_translation_fault",
          "pagefault_out_of_memory");
  private static final String ALLOCATOR = "__alloc_";
  private static final String BRACE = ">{";

  private final List<String> functions = new ArrayList<>();
  private @Nullable String caller;
  private boolean afterTrace;
  private boolean oldArm;

  /** Older kernels print {@code <IRQ>} before the frame on its line. */
  public boolean take(LineRule rule, String text) {
    if (rule == LineRule.UNWINDER) {
      return true; // names the last frame again
    }
    if (afterTrace) {
      afterTrace = false;
      return true;
    }
    if (text.indexOf(BRACE) >= 0) {
      return inBraces(text);
    }
    int plus = text.indexOf("+0x");
    if (plus < 0 || rule == LineRule.RAW_STACK) {
      return rule != LineRule.FRAME;
    }
    int from = text.indexOf(" from ");
    int callersPlus = from > 0 ? text.indexOf("+0x", from) : -1;
    boolean twoNames = callersPlus > 0;
    oldArm |= twoNames && plus < from;
    // Up to 3.x arm prints the offset with both names, later with the second alone.
    String function = name(text, twoNames && from < plus ? from : plus);
    if (function == null) {
      return false;
    }
    boolean doubtful = text.endsWith("(unreliable)") || text.lastIndexOf("? ", plus) >= 0;
    functions.add(doubtful ? UNRELIABLE + function : function);
    caller = twoNames ? name(text, callersPlus) : null;
    return true;
  }

  /**
   * A line of the registers: behind the title of s390's last breaking event stands an address that
   * looks like a frame ({@code arch/s390/kernel/dumpstack.c: show_last_breaking_event}).
   */
  public void registers(LineRule rule) {
    afterTrace = rule == LineRule.LAST_BREAK;
  }

  /** {@code <ffffffff8015bfc1>{:nfs:nfs_file_write+195} <…>{…}}: x86-64 up to 2.6.17. */
  private boolean inBraces(String text) {
    boolean all = true;
    for (int at = text.indexOf(BRACE); at >= 0 && all; ) {
      int from = at + BRACE.length();
      int plus = text.indexOf('+', from);
      int close = text.indexOf('}', from);
      all = plus > from && close > plus;
      if (all) {
        functions.add(withoutModule(text.substring(from, plus)));
        at = text.indexOf(BRACE, close);
      }
    }
    caller = null;
    return all;
  }

  /** {@code :nfs:nfs_file_write}: up to 2.6.2x the module stands before the function. */
  private static String withoutModule(String name) {
    return name.startsWith(":") ? name.substring(name.indexOf(':', 1) + 1) : name;
  }

  /** Innermost first; arm's lines name the next function too, which only the last one adds. */
  public List<String> functions() {
    if (caller == null) {
      return List.copyOf(functions);
    }
    List<String> all = new ArrayList<>(functions);
    all.add(caller);
    return List.copyOf(all);
  }

  /** Whether it is of an arm kernel that prints the offset with both names: up to 3.13. */
  public boolean isOfOldArm() {
    return oldArm;
  }

  public boolean isSysrq() {
    List<String> all = functions();
    return all.contains("moom_callback") || all.contains(UNRELIABLE + "moom_callback");
  }

  /**
   * How the request was made.
   *
   * @param mayBlock whether the mask lets the request reclaim; null if not known
   */
  public TriggerPath path(@Nullable Boolean mayBlock) {
    TriggerPath sure = path(mayBlock, "");
    return sure != TriggerPath.UNKNOWN ? sure : path(mayBlock, UNRELIABLE);
  }

  private TriggerPath path(@Nullable Boolean mayBlock, String mark) {
    if (isSysrq()) {
      return TriggerPath.SYSRQ;
    }
    if (holdsAny(KSWAPD, mark)) {
      return TriggerPath.KSWAPD;
    }
    if (holdsAny(MEMCG, mark)) {
      return TriggerPath.MEMCG_CHARGE;
    }
    if (holdsAny(FAULT, mark)) {
      return TriggerPath.PAGE_FAULT;
    }
    boolean allocates =
        functions().stream().anyMatch(f -> f.startsWith(mark + ALLOCATOR) && f.contains("pages"));
    return allocates && !Boolean.FALSE.equals(mayBlock)
        ? TriggerPath.DIRECT_RECLAIM
        : TriggerPath.UNKNOWN;
  }

  private boolean holdsAny(Set<String> names, String mark) {
    for (String function : functions()) {
      if (function.startsWith(mark)) {
        int dot = function.indexOf('.', mark.length() + 1);
        String base = function.substring(mark.length(), dot < 0 ? function.length() : dot);
        if (names.contains(base)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The word that ends at {@code end}, without brackets; null if there is none. */
  private static @Nullable String name(String text, int end) {
    int last = end;
    while (last > 0 && text.charAt(last - 1) == ')') {
      last--;
    }
    if (last > 0 && text.charAt(last - 1) == ']') {
      last = Math.max(text.lastIndexOf(" [", last), 0); // arm: the module behind the name
    }
    int start = last;
    while (start > 0 && " ([<>])".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    if (start < last && text.charAt(start) == '.') {
      start++;
    }
    return start >= last ? null : withoutModule(text.substring(start, last));
  }
}
