package io.oomstream.block.request;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.NodeList;
import io.oomstream.kernel.Section;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code kswapd0 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0} ({@code
 * mm/oom_kill.c: dump_header}). Up to 2.6.17 it begins with {@code oom-killer: }; OpenVZ has a form
 * of its own, {@code 4242 (httpd) invoked oom-killer in ub 101 generation 3 gfp 0x200d2}.
 *
 * @param pid in OpenVZ's form only
 * @param comm in Latin-1; null in the form that does not name the process
 * @param nodemask printed here from 4.9 to 4.20 only
 */
public record InvocationLine(
    Form form,
    @Nullable Long pid,
    @Nullable String comm,
    @Nullable PrintedMask mask,
    @Nullable Integer order,
    @Nullable Integer oomScoreAdj,
    @Nullable String nodemask) {

  /** What a kernel that writes such a line prints with it. */
  public enum Form {
    /** Up to 2.6.9: no trace, no process, no table. */
    MASK_ALONE(Section.STACK_HEADER, Section.CALL_TRACE, Section.TASKS, Section.SUMMARY),
    /** Up to 2.6.24: a trace without a header, and no table. */
    BEFORE_HEADERS(Section.STACK_HEADER, Section.TASKS, Section.SUMMARY),
    /** Up to 2.6.35: the table only where somebody asked for it. */
    BEFORE_TABLES(Section.TASKS, Section.SUMMARY),
    /** OpenVZ: of a container nothing but what it may use. */
    OPENVZ(
        Section.STACK_HEADER,
        Section.CALL_TRACE,
        Section.MEMCG_USAGE,
        Section.TASKS,
        Section.SUMMARY),
    MODERN;

    private final Set<Section> notPrinted;

    Form(Section... notPrinted) {
      this.notPrinted = Set.of(notPrinted);
    }

    /** Sections that are not missing where they are not there. */
    public Set<Section> notPrinted() {
      return notPrinted;
    }
  }

  private static final String INVOKED = " invoked oom-killer: ";
  private static final String INVOKED_IN_UB = ") invoked oom-killer in ub ";
  private static final String NAMELESS = "oom-killer: gfp_mask=";

  public static @Nullable InvocationLine parse(String text) {
    int at = text.lastIndexOf(INVOKED);
    if (at < 0) {
      return text.startsWith(NAMELESS) ? nameless(text) : ofOpenVz(text);
    }
    int from = at + INVOKED.length();
    return new InvocationLine(
        form(text, from),
        null,
        text.substring(0, at),
        PrintedMask.after(text, "gfp_mask=", from),
        order(text, from),
        Digits.toInt(Digits.signedBetween(text, "oom_score_adj=", "", from)),
        nodemask(text, from));
  }

  private static Form form(String text, int from) {
    if (text.indexOf(", oomkilladj=", from) > 0) {
      return Form.BEFORE_HEADERS;
    }
    boolean old = text.indexOf(", oom_adj=", from) > 0 && text.indexOf("_score_", from) < 0;
    return old ? Form.BEFORE_TABLES : Form.MODERN;
  }

  private static InvocationLine nameless(String text) {
    return new InvocationLine(
        text.contains(", order=") ? Form.BEFORE_HEADERS : Form.MASK_ALONE,
        null,
        null,
        PrintedMask.after(text, "gfp_mask=", 0),
        sane(Digits.signedBetween(text, ", order=", "", 0)),
        null,
        null);
  }

  private static @Nullable InvocationLine ofOpenVz(String text) {
    int at = text.lastIndexOf(INVOKED_IN_UB);
    Long pid = Digits.before(text, 0, " (");
    int name = Digits.end(text, 0) + 2;
    return pid == null || at < name
        ? null
        : new InvocationLine(
            Form.OPENVZ,
            pid,
            text.substring(name, at),
            PrintedMask.after(text, " gfp ", at + INVOKED_IN_UB.length()),
            null,
            null,
            null);
  }

  /** Below zero only -1 is printed, for SysRq. */
  private static @Nullable Integer sane(@Nullable Long order) {
    return order == null || order < -1 ? null : Digits.toInt(order);
  }

  private static @Nullable Integer order(String text, int from) {
    int at = text.indexOf("order=", from);
    boolean whole = at >= 0 && text.startsWith(",", Digits.end(text, at + 6));
    return whole ? sane(Digits.signed(text, at + 6)) : null;
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
