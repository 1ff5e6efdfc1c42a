package io.oomstream.kernel;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;

/** Lines of traces, of every architecture, that can't be recognized by a literal. */
final class TraceShapes {

  private static final byte[] OFFSET = "+0x".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] SIZE = "/0x".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] DOUBT = "? ".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] FROM = " from ".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] OPEN = "[<".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] DOTS = "...".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] HEX = "0x".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] NULL = "(null)".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] END_OF_INTERRUPT = "<EOI>".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] BIT_R = "R:".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] BIT_T = " T:".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] SP = "sp=".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] BSP = " bsp=".getBytes(StandardCharsets.ISO_8859_1);
  private static final int LONGEST_MARK = 20;

  private TraceShapes() {}

  /** {@code <TASK>}, {@code </IRQ>}, {@code <#DF>}, older kernels with a frame behind it. */
  static boolean mark(byte[] text, int start, int end) {
    int i = Ascii.skipBlanks(text, start, end);
    if (i >= end || text[i] != '<') {
      return false;
    }
    i++;
    if (i < end && text[i] == '/') {
      i++;
    }
    int from = i;
    while (i < end && ((text[i] >= 'A' && text[i] <= 'Z') || text[i] == '#' || text[i] == '_')) {
      i++;
    }
    return i - from >= 2
        && i - from <= LONGEST_MARK
        && i < end
        && text[i] == '>'
        && (i + 1 == end || text[i + 1] == ' ');
  }

  /**
   * Words of 8 or 16 digits, at least two, and dots where more would follow; mips puts the dots on
   * a line of their own, x86 a mark where the interrupt's stack ends, xtensa one where a frame
   * begins.
   */
  static boolean rawStack(byte[] text, int start, int end) {
    int words = 0;
    int i = start < end && text[start] == '>' ? start + 1 : start;
    int dots = Ascii.skipBlanks(text, start, end);
    if (end - dots == DOTS.length && Ascii.startsWith(text, dots, end, DOTS)) {
      return true;
    }
    while (i < end) {
      int from = Ascii.skipBlanks(text, i, end);
      if (from == end) {
        break;
      }
      if (words > 0 && Ascii.startsWith(text, from, end, DOTS)) {
        i = from + DOTS.length;
        return words >= 2 && Ascii.skipBlanks(text, i, end) == end;
      }
      if (words > 0 && from == i) {
        return false;
      }
      if (words > 0 && Ascii.startsWith(text, from, end, END_OF_INTERRUPT)) {
        i = from + END_OF_INTERRUPT.length;
        continue;
      }
      i = skipHex(text, from, end);
      if (i - from != 16 && i - from != 8) {
        return false;
      }
      words++;
    }
    return words >= 2;
  }

  /**
   * {@code >000002aa1b34c2d0: 92001000 mvi 0(%r1),0}: an address of 16 digits behind blanks, the
   * last of which may be a mark.
   */
  static boolean codeOfS390(byte[] text, int start, int end) {
    int address = Ascii.skipBlanks(text, start, end);
    if (address < end && (text[address] == '#' || text[address] == '>' || text[address] == '*')) {
      address++;
    }
    return end - address >= 18
        && skipHex(text, address, end) == address + 16
        && text[address + 16] == ':'
        && text[address + 17] == ' ';
  }

  /** {@code R:0 T:1 IO:1 EX:1 …}. */
  static boolean bitsOfS390(byte[] text, int start, int end) {
    int i = Ascii.skipBlanks(text, start, end);
    return Ascii.startsWith(text, i, end, BIT_R)
        && i + 3 < end
        && Ascii.isDigit(text[i + 2])
        && Ascii.startsWith(text, i + 3, end, BIT_T);
  }

  /** Frames without a symbol: {@code [<000003ff9a2b3c4d>] 0x3ff9a2b3c4d}, in each arch's form. */
  static boolean address(byte[] text, int start, int end) {
    int i = Ascii.skipBlanks(text, start, end);
    if (i < end && text[i] == '(') {
      i++;
    }
    if (Ascii.startsWith(text, i, end, OPEN)) {
      return inBrackets(text, i + OPEN.length, end);
    }
    if (i < end && text[i] == '[') {
      return addressOfPpc(text, i, end);
    }
    return bareAddress(Ascii.startsWith(text, i, end, DOUBT) ? i + DOUBT.length : i, text, end, 8);
  }

  /** Behind {@code [<}: an address, or that there is none. */
  private static boolean inBrackets(byte[] text, int from, int end) {
    int i = skipHex(text, from, end);
    boolean address = i - from >= 8 && i - from <= 16;
    if (i == from) {
      i = Ascii.skipBlanks(text, from, end);
      address = Ascii.startsWith(text, i, end, NULL);
      i += NULL.length;
    }
    return address && i + 1 < end && text[i] == '>' && text[i + 1] == ']';
  }

  /**
   * {@code [c00000002de07c10] [0000000000000001] 0x1 (unreliable)}; the first can be the whole
   * line.
   */
  private static boolean addressOfPpc(byte[] text, int start, int end) {
    int i = start;
    int words = 0;
    while (i < end && text[i] == '[') {
      int from = i + 1;
      i = skipHex(text, from, end);
      if ((i - from != 8 && i - from != 16)
          || i + 1 >= end
          || text[i] != ']'
          || text[i + 1] != ' ') {
        return false;
      }
      i += 2;
      words++;
    }
    return words > 0 && words < 3 && bareAddress(i, text, end, 1);
  }

  /** {@code 0xffffffffc0076294}, perhaps with its module or a doubt behind it. */
  private static boolean bareAddress(int start, byte[] text, int end, int leastDigits) {
    if (!Ascii.startsWith(text, start, end, HEX)) {
      return false;
    }
    int from = start + HEX.length;
    int i = skipHex(text, from, end);
    return i - from >= leastDigits
        && i - from <= 16
        && (i == end
            || (text[i] == ' ' && (i + 1 == end || text[i + 1] == '[' || text[i + 1] == '(')));
  }

  /** {@code <ffffffff8015bfc1>{sys_write+69} <EOI> <…>{…}}: one such frame is enough. */
  static boolean framesInBraces(byte[] text, int start, int end) {
    int i = Ascii.skipBlanks(text, start, end);
    if (i >= end || text[i] != '<') {
      return false;
    }
    int after = skipHex(text, i + 1, end);
    return after - i - 1 == 16 && after + 1 < end && text[after] == '>' && text[after + 1] == '{';
  }

  /** {@code 6792bb68: [<60063895>] …}. */
  static boolean frameOfUml(byte[] text, int start, int end) {
    int i = skipHex(text, start, end);
    return (i - start == 8 || i - start == 16)
        && i < end
        && text[i] == ':'
        && Ascii.startsWith(text, Ascii.skipBlanks(text, i + 1, end), end, OPEN);
  }

  /** {@code sp=e0000001 bsp=e0000001}. */
  static boolean stackOfIa64(byte[] text, int start, int end) {
    int i = Ascii.skipBlanks(text, start, end);
    if (!Ascii.startsWith(text, i, end, SP)) {
      return false;
    }
    int from = i + SP.length;
    i = skipHex(text, from, end);
    return i > from && Ascii.startsWith(text, i, end, BSP);
  }

  /** {@code ? dump_stack+0x67/0x9e [module]} without the blank before it. */
  static boolean trimmedFrame(byte[] text, int start, int end) {
    int i = Ascii.startsWith(text, start, end, DOUBT) ? start + DOUBT.length : start;
    int word = skipSymbol(text, i, end);
    if (word > i && Ascii.startsWith(text, word, end, FROM)) {
      i = word + FROM.length;
      word = skipSymbol(text, i, end);
    }
    if (word == i || !Ascii.startsWith(text, word, end, OFFSET)) {
      return false;
    }
    int from = word + OFFSET.length;
    i = skipHex(text, from, end);
    if (i == from || !Ascii.startsWith(text, i, end, SIZE)) {
      return false;
    }
    from = i + SIZE.length;
    i = skipHex(text, from, end);
    if (i == from) {
      return false;
    }
    return i == end
        || (text[i] == ' ' && (i + 1 == end || text[i + 1] == '[' || text[i + 1] == '('));
  }

  /** {@code 9fa0: 00000000 8010bd04 …}: the saved registers of arm, and of arm64 up to 4.13. */
  static boolean exceptionRow(byte[] text, int start, int end) {
    int i = skipHex(text, start, end);
    if (i - start != 4 || i >= end || text[i] != ':') {
      return false;
    }
    i++;
    int words = 0;
    while (i < end) {
      int from = Ascii.skipBlanks(text, i, end);
      if (from == end) {
        break;
      }
      i = skipHex(text, from, end);
      if ((i - from != 8 && i - from != 16) || text[from - 1] != ' ') {
        return false;
      }
      words++;
    }
    return words > 0;
  }

  /** {@code r7:c05a4b68 r6:00000000}: what a frame of arm saved. */
  static boolean armSaved(byte[] text, int start, int end) {
    int i = start;
    int words = 0;
    while (i < end) {
      int from = Ascii.skipBlanks(text, i, end);
      if (from == end) {
        break;
      }
      if (text[from] != 'r' || (words > 0 && from == i)) {
        return false;
      }
      int number = Ascii.skipDigits(text, from + 1, end);
      if (number == from + 1 || number > from + 3 || number >= end || text[number] != ':') {
        return false;
      }
      i = skipHex(text, number + 1, end);
      if (i - number - 1 != 8) {
        return false;
      }
      words++;
    }
    return words > 0;
  }

  /** {@code a0 0000000000000000 a1 …}: names of two characters, words of 16 digits. */
  static boolean loongarchRegisters(byte[] text, int start, int end) {
    int second = namedWord(text, start, end);
    return second > 0
        && second < end
        && text[second] == ' '
        && namedWord(text, second + 1, end) > 0;
  }

  private static int namedWord(byte[] text, int i, int end) {
    if (i + 19 > end || text[i] < 'a' || text[i] > 'z' || text[i + 2] != ' ') {
      return -1;
    }
    boolean name = Ascii.isDigit(text[i + 1]) || (text[i + 1] >= 'a' && text[i + 1] <= 'z');
    int after = skipHex(text, i + 3, end);
    return name && after == i + 19 ? after : -1;
  }

  private static int skipHex(byte[] text, int start, int end) {
    int i = start;
    while (i < end && Ascii.isLowerHex(text[i])) {
      i++;
    }
    return i;
  }

  private static int skipSymbol(byte[] text, int start, int end) {
    int i = start;
    while (i < end && isSymbol(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isSymbol(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || Ascii.isDigit(b)
        || b == '_'
        || b == '.'
        || b == '$';
  }
}
