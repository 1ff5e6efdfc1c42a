package io.oomstream.format.text;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;

/**
 * /dev/kmsg and netconsole's extended format: {@code
 * [<release>,]<prio>,<seq>,<usec>,<flags>[,caller=T1][,ncfrag=<offset>/<length>];<text>}, then
 * lines {@code KEY=value} ({@code kernel/printk/printk.c: info_print_ext_header}, {@code
 * drivers/net/netconsole.c}).
 */
final class KmsgEnvelope implements TextEnvelope {

  private static final byte[] CALLER = Ascii.literal("caller=");
  private static final byte[] FRAGMENT = Ascii.literal("ncfrag=");

  /** Longest header; text without a semicolon up to here is something else. */
  private static final int LONGEST_HEADER = 256;

  private static final int LONGEST_PRIORITY = 6;

  private final Scratch scratch;

  KmsgEnvelope(Scratch scratch) {
    this.scratch = scratch;
  }

  @Override
  public Reading read(byte[] text, int start, int end, LineView view, long recordMs) {
    int prio = is(text, start, end, ' ') ? -1 : priorityAt(text, start, end);
    if (prio < 0) {
      return is(text, start, end, ' ') ? Reading.NO_MESSAGE : Reading.MISFIT;
    }
    int prioEnd = Ascii.skipDigits(text, prio, end);
    int seqEnd = Ascii.skipDigits(text, prioEnd + 1, end);
    int usecEnd = is(text, seqEnd, end, ',') ? Ascii.skipDigits(text, seqEnd + 1, end) : -1;
    int semicolon = is(text, usecEnd, end, ',') ? headerEnd(text, usecEnd + 1, end) : -1;
    long priority = Ascii.number(text, prio, prioEnd);
    long sequence = Ascii.number(text, prioEnd + 1, seqEnd);
    long usec = Ascii.number(text, seqEnd + 1, usecEnd);
    if (semicolon < 0 || sequence < 0 || usec < 0) {
      return Reading.MISFIT;
    }
    view.facility = (int) (priority >> 3);
    view.level = (int) (priority & 7);
    view.sequence = sequence;
    view.kernelTimeUs = usec;
    readExtras(text, usecEnd + 1, semicolon, view);
    setText(text, semicolon + 1, end, view);
    return Reading.LINE;
  }

  /** Where the priority begins: at the start, or after the release. -1 if nowhere. */
  private static int priorityAt(byte[] text, int start, int end) {
    if (isPriority(text, start, end)) {
      return start;
    }
    int limit = Math.min(end, start + LONGEST_HEADER);
    for (int i = start; i < limit && text[i] > ' ' && text[i] != ';'; i++) {
      if (text[i] == ',') {
        return i > start && isPriority(text, i + 1, end) ? i + 1 : -1;
      }
    }
    return -1;
  }

  private static boolean isPriority(byte[] text, int start, int end) {
    int after = Ascii.skipDigits(text, start, end);
    return after > start && after - start <= LONGEST_PRIORITY && is(text, after, end, ',');
  }

  private static int headerEnd(byte[] text, int start, int end) {
    int limit = Math.min(end, start + LONGEST_HEADER);
    for (int i = start; i < limit && text[i] > ' '; i++) {
      if (text[i] == ';') {
        return i > start ? i : -1;
      }
    }
    return -1;
  }

  private static void readExtras(byte[] text, int start, int end, LineView view) {
    int at = start;
    while (at < end) {
      int comma = Ascii.indexOf(text, at, end, ',');
      int after = comma < 0 ? end : comma;
      if (Ascii.startsWith(text, at, after, CALLER)) {
        view.caller.set(text, at + CALLER.length, after);
      } else if (Ascii.startsWith(text, at, after, FRAGMENT)) {
        int from = at + FRAGMENT.length;
        int slash = Ascii.indexOf(text, from, after, '/');
        long offset = slash < 0 ? -1 : Ascii.number(text, from, slash);
        view.fragmentOffset = offset > Integer.MAX_VALUE ? -1 : (int) offset;
      }
      at = after + 1;
    }
  }

  /** A fragment stays escaped: it can end within an escape. */
  private void setText(byte[] text, int start, int end, LineView view) {
    boolean escaped = view.fragmentOffset < 0 && Ascii.indexOf(text, start, end, '\\') >= 0;
    if (!escaped) {
      view.setText(text, start, end);
      return;
    }
    scratch.clear();
    KmsgEscapes.unescape(text, start, end, scratch);
    view.setText(scratch.bytes(), 0, scratch.size());
  }
}
