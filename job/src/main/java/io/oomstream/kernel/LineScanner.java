package io.oomstream.kernel;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;

/** Shapes of lines that can't be recognized by a literal. */
enum LineScanner {

  /** {@code [ 5071] 0 5071 2791357842 …}: a bracketed pid and at least six numbers. */
  TASK_ROW("[", "") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      if (start >= end || text[start] != '[') {
        return false;
      }
      int i = Ascii.skipBlanks(text, start + 1, end);
      int digits = Ascii.skipDigits(text, i, end);
      if (digits == i || digits >= end || text[digits] != ']') {
        return false;
      }
      i = digits + 1;
      for (int column = 0; column < 6; column++) {
        int at = Ascii.skipBlanks(text, i, end);
        int number = at < end && text[at] == '-' ? at + 1 : at;
        int after = Ascii.skipDigits(text, number, end);
        if (after == number || (column > 0 && at == i)) {
          return false;
        }
        i = after;
      }
      return i < end && text[i] == ' ';
    }
  },

  /** {@code [ pid ] uid tgid total_vm …}: the table's header. */
  TASK_HEADER("[", "") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      if (start >= end || text[start] != '[') {
        return false;
      }
      int i = Ascii.skipBlanks(text, start + 1, end);
      if (!Ascii.startsWith(text, i, end, PID)) {
        return false;
      }
      i = Ascii.skipBlanks(text, i + PID.length, end);
      return i < end && text[i] == ']' && Ascii.indexOf(text, i, end, TOTAL_VM) > 0;
    }
  },

  /**
   * A frame of a trace: {@code ? out_of_memory+0x1bd/0x4e0 [module]}, with or without an address in
   * brackets.
   */
  FRAME(" [(", "") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      int plus = Ascii.indexOf(text, start, end, PLUS);
      if (plus <= start || plus + 3 >= end) {
        return false;
      }
      int i = plus + 3;
      while (i < end && Ascii.isLowerHex(text[i])) {
        i++;
      }
      if (i == plus + 3 || !Ascii.startsWith(text, i, end, SLASH)) {
        return false;
      }
      byte before = text[plus - 1];
      return i + 3 < end
          && Ascii.isLowerHex(text[i + 3])
          && before != ' '
          && (text[start] == ' ' || text[start] == '[' || text[start] == '(');
    }
  },

  /** Frames of x86-64 up to 2.6.17: {@code <ffffffff8015bfc1>{sys_write+69} …}. */
  FRAME_BRACES(" <", "") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.framesInBraces(text, start, end);
    }
  },

  /** A frame behind its place on the stack: {@code 6792bb68: [<60063895>] sys_write+0x1/0x2}. */
  FRAME_UML("0123456789abcdef", "", ":") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.frameOfUml(text, start, end);
    }
  },

  /** Where the frame above has its stacks: {@code sp=e00000… bsp=e00000…}. */
  STACK_IA64(" s", "", " =") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.stackOfIa64(text, start, end);
    }
  },

  /** Words of the raw stack: {@code 0000000000000000 ffff88006b6fb9c8 …}. */
  RAW_STACK(" >.0123456789abcdef", "", " >.") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.rawStack(text, start, end);
    }
  },

  /** {@code <TASK>}: where a stack begins or ends. */
  TRACE_MARK(" <", "") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.mark(text, start, end);
    }
  },

  /** A frame without a symbol. */
  FRAME_ADDRESS(" ([?0", "") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.address(text, start, end);
    }
  },

  /** A frame that lost its leading blank on the way. */
  FRAME_TRIMMED("?_.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "", "+.$ ?") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.trimmedFrame(text, start, end);
    }
  },

  /** Saved registers of arm and arm64: {@code 9fa0: 00000000 8010bd04}. */
  EXCEPTION_ROW("0123456789abcdef", "", ":") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.exceptionRow(text, start, end);
    }
  },

  /** What a frame of arm saved: {@code r7:c05a4b68}. */
  ARM_SAVED(" r", "", " :") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.armSaved(text, start, end);
    }
  },

  /** {@code a0 0000000000000000 a1 …}. */
  LOONGARCH_REGISTERS("abcdefghijklmnopqrstuvwxyz", "", " ") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.loongarchRegisters(text, start, end);
    }
  },

  /** A row of the allocation profile. */
  ALLOCATION_ROW(" 0123456789", "", " .") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return MemoryShapes.allocationRow(text, start, end);
    }
  },

  /** {@code Node 0 HighMem: empty}: how old kernels name a zone without memory. */
  EMPTY_ZONE("NDHM", "", " :") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return MemoryShapes.emptyZone(text, start, end);
    }
  },

  /** An instruction that s390 shows: {@code #000002aa1b34c2cc: b9040021 lgr %r2,%r1}. */
  CODE_S390(" #>*0123456789abcdef", "", " #>*:") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.codeOfS390(text, start, end);
    }
  },

  /** {@code R:0 T:1 IO:1 …}: the bits of the status word, beneath it. */
  BITS_S390(" R", "", " :") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return TraceShapes.bitsOfS390(text, start, end);
    }
  },

  /** {@code GPR04: …} behind the blanks that stand for a record's prefix. */
  REGISTERS_PPC_LATER(" ", "") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      int i = Ascii.skipBlanks(text, start, end);
      return Ascii.startsWith(text, i, end, GPR);
    }
  },

  /** A continuation that was torn from its line. */
  PIECE(" 0123456789NDHM(=", "", " :*(=") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return MemoryShapes.piece(text, start, end);
    }
  },

  /** Counters and nothing else. */
  COUNTERS(" _abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "", " :()-") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return MemoryShapes.counters(text, start, end);
    }
  },

  /**
   * A value of memory.stat: {@code active_anon 25112576}, perhaps with more such lines in the same
   * record, or joined to it by blanks, or indented as dmesg and journalctl do with a record's later
   * lines.
   */
  MEMCG_STAT(" abcdefghijklmnopqrstuvwxyz_", "", " ") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      int from = Ascii.skipBlanks(text, start, end);
      if (from > start && from - start < LEAST_INDENT) {
        return false;
      }
      int i = statEnd(text, from, end);
      while (i > 0 && i + 1 < end && text[i] == ' ') {
        i = statEnd(text, i + 1, end);
      }
      return i > 0 && (i == end || text[i] == '\n' || text[i] == ' ');
    }
  },

  /**
   * A cache of the slab table: {@code task_struct 5632KB 5632KB}; names may hold blanks and
   * brackets.
   */
  SLAB_ROW("", "KB") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      int i = backOverKb(text, start, end);
      if (i < 0) {
        return false;
      }
      int gap = i;
      while (gap > start && text[gap - 1] == ' ') {
        gap--;
      }
      if (gap == i) {
        return false;
      }
      int used = backOverKb(text, start, gap);
      return used > start && text[used - 1] == ' ' && text[start] != ' ';
    }
  },

  /** {@code Normal: 120*4kB (UMEH) 81*8kB (UEH) … = 235448kB}. */
  FREE_LIST("", "kB") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      int colon = Ascii.indexOf(text, start, end, COLON);
      if (colon <= start) {
        return false;
      }
      int digits = Ascii.skipDigits(text, colon + 2, end);
      if (digits == colon + 2 || digits >= end || text[digits] != '*') {
        return false;
      }
      int size = Ascii.skipDigits(text, digits + 1, end);
      return size > digits + 1 && Ascii.startsWith(text, size, end, KB);
    }
  },

  /** {@code Node 0 active_anon:…kB …}: a node's line, not a zone's. */
  NODE("N", "", " ") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return MemoryShapes.node(text, start, end);
    }
  },

  /**
   * {@code Killed process 5071 (a.out)…}: with a pid behind it, for a process may be named {@code
   * Killed process}.
   */
  KILLED("", "Killed process ") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      int at = Ascii.indexOf(text, start, end, KILLED_PROCESS);
      while (at >= 0) {
        int pid = at + KILLED_PROCESS.length;
        if (pid < end && Ascii.isDigit(text[pid])) {
          return true;
        }
        at = Ascii.indexOf(text, pid, end, KILLED_PROCESS);
      }
      return false;
    }
  },

  /**
   * A line of the Mem-Info totals that lost its leading blank on the way, or got more of them:
   * dmesg and journalctl indent the later lines of a record.
   */
  TRIMMED_TOTALS(" afkmsu", "", " :") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      int from = Ascii.skipBlanks(text, start, end);
      for (byte[] name : TOTALS) {
        if (Ascii.startsWith(text, from, end, name)) {
          int value = from + name.length;
          return value < end && Ascii.isDigit(text[value]);
        }
      }
      return false;
    }
  },

  /** {@code a: page allocation failure: order:0, mode:0x…}. */
  FAILURE("", ": page allocation failure") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return FailureShapes.failure(text, start, end);
    }
  },

  /** {@code a: page allocation stalls for 10004ms, order:0, mode:0x…}. */
  STALL("", ": page allocation stall") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return FailureShapes.stall(text, start, end);
    }
  },

  /** {@code [...]}: what somebody put where they left lines out. */
  ELIDED("[]<>(){}-\u00e2", "") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return ElisionMarks.isOne(text, start, end);
    }
  },

  /** The end of a summary line that was cut: {@code …,task=nested,pid=169,uid=1000}. */
  SUMMARY_TAIL("", ",uid=") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      int i = end;
      while (i > start && Ascii.isDigit(text[i - 1])) {
        i--;
      }
      if (i == end) {
        return false;
      }
      if (i > start && text[i - 1] == '-') {
        i--;
      }
      return i - UID.length >= start && Ascii.startsWith(text, i - UID.length, end, UID);
    }
  },

  /** A line without a rule that can belong to a block. */
  UNKNOWN("", "") {
    @Override
    boolean matches(byte[] text, int start, int end) {
      return UnknownLine.matches(text, start, end);
    }
  };

  private static final byte[] KILLED_PROCESS = literal("Killed process ");
  private static final byte[][] TOTALS = {
    literal("active_file:"),
    literal("unevictable:"),
    literal("slab_reclaimable:"),
    literal("mapped:"),
    literal("sec_pagetables:"),
    literal("kernel_misc_reclaimable:"),
    literal("free:"),
    literal("free_cma:")
  };
  private static final byte[] GPR = literal("GPR");

  /** No narrower is the prefix whose width dmesg and journalctl indent by. */
  private static final int LEAST_INDENT = 8;

  private static final byte[] PID = literal("pid");
  private static final byte[] TOTAL_VM = literal("total_vm");
  private static final byte[] PLUS = literal("+0x");
  private static final byte[] SLASH = literal("/0x");
  private static final byte[] COLON = literal(": ");
  private static final byte[] KB = literal("kB");
  private static final byte[] UID = literal(",uid=");

  private final String firstBytes;
  private final String behindWord;
  private final byte[] anchor;

  LineScanner(String firstBytes, String anchor) {
    this(firstBytes, anchor, "");
  }

  LineScanner(String firstBytes, String anchor, String behindWord) {
    this.firstBytes = firstBytes;
    this.behindWord = behindWord;
    this.anchor = anchor.getBytes(StandardCharsets.ISO_8859_1);
  }

  abstract boolean matches(byte[] text, int start, int end);

  /** The bytes that such a line may begin with; empty if any. */
  String firstBytes() {
    return firstBytes;
  }

  /**
   * The bytes that may stand behind the letters, digits and underscores that such a line begins
   * with, be they none; empty if any, or the line's end.
   */
  String behindWord() {
    return behindWord;
  }

  /** A literal that such a line always has; empty if {@link #firstBytes} is more selective. */
  byte[] anchor() {
    return anchor;
  }

  private static boolean isLower(byte b) {
    return b >= 'a' && b <= 'z';
  }

  /** Behind a name and its number; -1 if they do not stand there. */
  private static int statEnd(byte[] text, int start, int end) {
    int i = start;
    while (i < end
        && (text[i] == '_' || isLower(text[i]) || (i > start && Ascii.isDigit(text[i])))) {
      i++;
    }
    if (i - start < 3 || i >= end || text[i] != ' ') {
      return -1;
    }
    int after = Ascii.skipDigits(text, i + 1, end);
    return after > i + 1 ? after : -1;
  }

  /** Start of the number before a {@code KB} that ends at {@code end}, or -1. */
  private static int backOverKb(byte[] text, int start, int end) {
    if (end - start < 3 || text[end - 1] != 'B' || text[end - 2] != 'K') {
      return -1;
    }
    int i = end - 2;
    while (i > start && Ascii.isDigit(text[i - 1])) {
      i--;
    }
    return i == end - 2 ? -1 : i;
  }

  private static byte[] literal(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
