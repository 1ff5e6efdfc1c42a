package io.oomstream.block;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.block.text.NameSpan;
import io.oomstream.format.text.KmsgEscapes;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the escapes that a shipper left in a block's texts and whose envelope has no mark of it:
 * those of {@code /dev/kmsg} ({@code \x0a}; rsyslog's imkmsg and syslog-ng's text keep them) and
 * rsyslog's of control characters ({@code #012}).
 *
 * <p>A name may have the characters of an escape, and systemd writes the like in group names. So
 * the texts change only where no other reading fits: a statistic goes on behind an escaped newline,
 * or a name would be longer than the kernel lets it be. The one shipper wrote all lines of a block:
 * what one of them proves holds for all. A backslash that {@code /dev/kmsg} would have escaped
 * shows that nothing is.
 */
final class KeptEscapes {

  private static final String NEWLINE = "\\x0a";
  private static final int LENGTH = 4;

  private KeptEscapes() {}

  /** The same block if nothing changes. */
  static LineBlock undone(LineBlock block) {
    List<ClassifiedLine> lines = block.lines();
    boolean kmsg = false;
    boolean kmsgPossible = true;
    boolean octal = false;
    for (ClassifiedLine line : lines) {
      String text = line.text();
      octal |= text.indexOf("#0") >= 0;
      if (text.indexOf('\\') >= 0) {
        kmsgPossible = kmsgPossible && canBeKmsg(text);
        kmsg = kmsg || provesKmsg(line);
      }
    }
    boolean undoKmsg = kmsg && kmsgPossible;
    if (!undoKmsg && !octal) {
      return block;
    }
    List<ClassifiedLine> undone = new ArrayList<>(lines.size());
    for (ClassifiedLine line : lines) {
      String text = undoKmsg ? KmsgEscapes.unescape(line.text()) : line.text();
      String named = octal ? octalName(text) : text;
      undone.add(named.equals(line.text()) ? line : ClassifiedLine.of(line.line().withText(named)));
    }
    return new LineBlock(
        block.kind(),
        undone,
        block.closedBy(),
        block.droppedLines(),
        block.suppressed(),
        block.lost());
  }

  /** Whether each backslash begins an escape that {@code /dev/kmsg} writes, or is cut off. */
  private static boolean canBeKmsg(String text) {
    for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 1)) {
      if (at + 1 < text.length() && text.charAt(at + 1) != 'x') {
        return false;
      }
      if (at + LENGTH > text.length()) {
        return true;
      }
      int high = lowerHex(text.charAt(at + 2));
      int low = lowerHex(text.charAt(at + 3));
      int value = high < 0 || low < 0 ? -1 : high << 4 | low;
      boolean printable = value >= ' ' && value < 0x7f && value != '\\';
      if (value < 0 || printable) {
        return false;
      }
    }
    return true;
  }

  private static int lowerHex(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  private static boolean provesKmsg(ClassifiedLine line) {
    String text = line.text();
    Section section = line.rule().section();
    if (section == Section.MEM_INFO
        || section == Section.MEMCG_STATS
        || section == Section.UNKNOWN) {
      return goesOn(text);
    }
    NameSpan name = NameSpan.of(text);
    return name != null && isTooLong(name) && fits(KmsgEscapes.unescape(nameIn(text, name)));
  }

  /** {@code anon 50208768\x0afile 0}, {@code isolated_file:0\x0a unevictable:0}. */
  private static boolean goesOn(String text) {
    int at = text.indexOf(NEWLINE);
    if (at < 1 || text.indexOf('/') >= 0 || !isDigit(text.charAt(at - 1))) {
      return false;
    }
    int from = at + LENGTH;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    int end = from;
    while (end < text.length() && isOfCounter(text.charAt(end))) {
      end++;
    }
    return end > from
        && end + 1 < text.length()
        && (text.charAt(end) == ':' || text.charAt(end) == ' ')
        && isDigit(text.charAt(end + 1));
  }

  private static boolean isOfCounter(char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
  }

  /** The text with its name's {@code #012} undone, if the name is too long with them. */
  private static String octalName(String text) {
    if (text.indexOf("#0") < 0) {
      return text;
    }
    NameSpan name = NameSpan.of(text);
    if (name == null || !isTooLong(name)) {
      return text;
    }
    String undone = octalUndone(nameIn(text, name));
    return undone == null || !fits(undone)
        ? text
        : text.substring(0, name.start()) + undone + text.substring(name.end());
  }

  /** Null if there is none of rsyslog's escapes: a hash and three octal digits. */
  private static @Nullable String octalUndone(String name) {
    StringBuilder undone = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      int value = octal(name, i);
      undone.append(value < 0 ? name.charAt(i) : (char) value);
      i += value < 0 ? 0 : LENGTH - 1;
    }
    return undone.length() == name.length() ? null : undone.toString();
  }

  private static int octal(String text, int at) {
    if (text.charAt(at) != '#' || at + LENGTH > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = at + 1; i < at + LENGTH; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '7') {
        return -1;
      }
      value = value << 3 | c - '0';
    }
    return value < ' ' || value == 0x7f ? value : -1;
  }

  private static String nameIn(String text, NameSpan name) {
    return text.substring(name.start(), name.end());
  }

  private static boolean isTooLong(NameSpan name) {
    return name.end() - name.start() > NameSpan.LONGEST;
  }

  private static boolean fits(String name) {
    return name.length() <= NameSpan.LONGEST;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
