package io.oomstream.kernel;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammar read slowly and plainly: every rule in turn, strings and regular expressions. */
final class ReferenceMatcher {

  private static final Map<LineScanner, Pattern> SCANNERS = new EnumMap<>(LineScanner.class);

  static {
    put(LineScanner.TASK_ROW, "\\[ *\\d+\\] *-?\\d+(?: +-?\\d+){5} .*");
    put(LineScanner.TASK_HEADER, "\\[ *pid *\\].*total_vm.*");
    put(LineScanner.FRAME, "[ \\[(](?:(?!\\+0x).)*?(?<! )\\+0x[0-9a-f]+/0x[0-9a-f].*");
    put(
        LineScanner.RAW_STACK,
        ">? *(?:[0-9a-f]{16}|[0-9a-f]{8})(?: +<EOI>)*(?: +(?:[0-9a-f]{16}|[0-9a-f]{8})(?: +<EOI>)*)+"
            + "(?: *\\.\\.\\.)? *| *\\.\\.\\.");
    put(LineScanner.TRACE_MARK, " *</?[A-Z#_]{2,20}>(?: .*)?");
    put(
        LineScanner.FRAME_ADDRESS,
        " *\\(?\\[<(?:[0-9a-f]{8,16}| *\\(null\\))>\\].*"
            + "| *\\(?(?:\\? )?0x[0-9a-f]{8,16}(?: (?:[\\[(].*)?)?"
            + "| *\\(?(?:\\[(?:[0-9a-f]{8}|[0-9a-f]{16})\\] ){1,2}0x[0-9a-f]{1,16}(?: (?:[\\[(].*)?)?");
    put(LineScanner.FRAME_BRACES, " *<[0-9a-f]{16}>\\{.*");
    put(LineScanner.FRAME_UML, "(?:[0-9a-f]{8}|[0-9a-f]{16}): *\\[<.*");
    put(LineScanner.STACK_IA64, " *sp=[0-9a-f]+ bsp=.*");
    put(LineScanner.BITS_S390, " *R:\\d T:.*");
    put(LineScanner.REGISTERS_PPC_LATER, " +GPR.*");
    put(
        LineScanner.FRAME_TRIMMED,
        "(?:\\? )?(?:[\\w.$]+ from )?[\\w.$]+\\+0x[0-9a-f]+/0x[0-9a-f]+(?: (?:[\\[(].*)?)?");
    put(LineScanner.EXCEPTION_ROW, "[0-9a-f]{4}:(?: +(?:[0-9a-f]{8}|[0-9a-f]{16}))+ *");
    put(LineScanner.ARM_SAVED, " *r\\d{1,2}:[0-9a-f]{8}(?: +r\\d{1,2}:[0-9a-f]{8})* *");
    put(
        LineScanner.LOONGARCH_REGISTERS,
        "[a-z][a-z0-9] [0-9a-f]{16} [a-z][a-z0-9] [0-9a-f]{16}(?:[^0-9a-f].*)?");
    put(
        LineScanner.ALLOCATION_ROW,
        " *\\d+(?:\\.\\d+)?(?: (?:[KMGTPEZY]i?)?B +| +)\\d+ (?:.* )?func:.*");
    put(
        LineScanner.PIECE,
        "(?:Node \\d+ )?(?:DMA|DMA32|Normal|HighMem|Movable|Device): ?|Node \\d+ ?"
            + "|\\([UMERHCI]+\\) ?| \\d+(?: \\d+)+ ?|\\d+\\*\\d+kB.*|= \\d+kB ?");
    put(
        LineScanner.COUNTERS,
        " [A-Za-z_][\\w()-]*:\\d+(?:kB|KB)?(?: +[A-Za-z_][\\w()-]*:\\d+(?:kB|KB)?)* *"
            + "|[A-Za-z_][\\w()-]*:\\d+(?:kB|KB)?(?: +[A-Za-z_][\\w()-]*:\\d+(?:kB|KB)?)+ *");
    put(
        LineScanner.MEMCG_STAT,
        "(?: {8,})?[a-z_][a-z0-9_]{2,} \\d+(?: [a-z_][a-z0-9_]{2,} \\d+)*(?: |\\n.*)?");
    put(LineScanner.SLAB_ROW, "[^ ].* \\d+KB +\\d+KB");
    put(LineScanner.FREE_LIST, "(?:(?!: ).)+: \\d+\\*\\d+kB.*");
    put(LineScanner.KILLED, ".*Killed process \\d.*");
    put(
        LineScanner.TRIMMED_TOTALS,
        " *(?:active_file|unevictable|slab_reclaimable|mapped|sec_pagetables"
            + "|kernel_misc_reclaimable|free|free_cma):\\d.*");
    put(
        LineScanner.EMPTY_ZONE,
        "(?:Node \\d+ )?(?:DMA|DMA32|Normal|HighMem|Movable|Device): empty");
    put(LineScanner.CODE_S390, " *[#>*]?[0-9a-f]{16}: .*");
    put(LineScanner.NODE, "Node \\d+ [a-z][a-z_()]*:\\d.*");
    put(
        LineScanner.FAILURE,
        "(?:(?!: page allocation failure)(?:[\\\\#].{3}|.)){0,15}"
            + ": page allocation failure[:.] order:\\d.*");
    put(
        LineScanner.STALL,
        "(?:(?!: page allocation stall)(?:[\\\\#].{3}|.)){0,15}: page allocation stall"
            + "(?:(?! order:).)* order:\\d.*");
    put(
        LineScanner.ELIDED,
        "(?=.{1,40}?[ \\r]*$)(?:--|[\\[\\]<>(){}\\-][\\[\\]<>(){}\\- ]*"
            + "(?i:snip|snipped|cut|skipped|truncated|omitted|removed|etc|\\.{2,}|\u00e2\u0080\u00a6)"
            + "[\\[\\]<>(){}\\- ]*|\u00e2\u0080\u00a6[\\[\\]<>(){}\\- ]*)[ \\r]*");
    put(LineScanner.SUMMARY_TAIL, ".*,uid=-?\\d+");
  }

  private ReferenceMatcher() {}

  private static void put(LineScanner scanner, String regex) {
    SCANNERS.put(scanner, Pattern.compile(regex, Pattern.DOTALL));
  }

  static @Nullable LineRule classify(String text) {
    for (LineRule rule : LineRule.values()) {
      if (rule != LineRule.UNKNOWN && matches(rule.shape(), text)) {
        return rule;
      }
    }
    return null;
  }

  private static boolean matches(Shape shape, String text) {
    if (shape instanceof Shape.StartsWith s) {
      String first = latin1(s.literals().get(0));
      return text.startsWith(first)
          && inOrder(text, first.length(), s.literals().subList(1, s.literals().size()));
    }
    if (shape instanceof Shape.Contains c) {
      return inOrder(text, 0, c.literals());
    }
    if (shape instanceof Shape.OneOf o) {
      return o.literals().stream().anyMatch(literal -> text.startsWith(latin1(literal)));
    }
    if (shape instanceof Shape.NumberThen n) {
      return n.literals().stream()
          .anyMatch(
              literal ->
                  Pattern.compile("\\d+" + Pattern.quote(latin1(literal)) + ".*", Pattern.DOTALL)
                      .matcher(text)
                      .matches());
    }
    Pattern pattern = SCANNERS.get(((Shape.Scanned) shape).scanner());
    return pattern != null && pattern.matcher(text).matches();
  }

  private static boolean inOrder(String text, int from, List<byte[]> literals) {
    int at = from;
    for (byte[] literal : literals) {
      int found = text.indexOf(latin1(literal), at);
      if (found < 0) {
        return false;
      }
      at = found + literal.length;
    }
    return true;
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
