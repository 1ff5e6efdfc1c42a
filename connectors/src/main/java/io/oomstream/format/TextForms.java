package io.oomstream.format;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text envelopes, in the order of asking: the later would take what is the earlier's. */
final class TextForms {

  private final Map<Envelope, TextForm> forms = new EnumMap<>(Envelope.class);
  private final Envelope[] order = {
    Envelope.KMSG, Envelope.CRI, Envelope.RFC5424, Envelope.RFC3164, Envelope.DMESG
  };
  private final TextForm[] inOrder;
  private final @Nullable TextForm[] byEnvelope = new TextForm[Envelope.values().length];

  TextForms(WallTime wallTime) {
    Scratch scratch = new Scratch();
    DmesgForm dmesg = new DmesgForm(wallTime);
    forms.put(Envelope.KMSG, new KmsgForm(scratch));
    forms.put(Envelope.CRI, new CriForm(new CriHeader(wallTime), dmesg));
    forms.put(Envelope.RFC5424, new Rfc5424Form(wallTime, scratch));
    forms.put(Envelope.RFC3164, new Rfc3164Form(wallTime, scratch));
    forms.put(Envelope.DMESG, dmesg);
    inOrder = new TextForm[order.length];
    forms.forEach((envelope, form) -> byEnvelope[envelope.ordinal()] = form);
    for (int i = 0; i < order.length; i++) {
      inOrder[i] = forms.get(order[i]);
    }
  }

  /** Null for what is no text envelope. */
  @Nullable TextForm of(Envelope envelope) {
    return byEnvelope[envelope.ordinal()];
  }

  /** Reads a line in the first form that knows its prefix; null if none does. */
  @Nullable Envelope read(byte[] text, int start, int end, LineView view, long recordMs) {
    for (int i = 0; i < inOrder.length; i++) {
      if (start < end && !inOrder[i].mayBegin(text[start])) {
        continue;
      }
      view.clear();
      if (inOrder[i].read(text, start, end, view, recordMs) == TextForm.Reading.LINE) {
        return order[i];
      }
    }
    return null;
  }
}
