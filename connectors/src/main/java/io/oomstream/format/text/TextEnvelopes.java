package io.oomstream.format.text;

import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.time.WallTime;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text envelopes in the order of detection: later ones also match lines of earlier ones. */
public final class TextEnvelopes {

  private final Map<Envelope, TextEnvelope> envelopes = new EnumMap<>(Envelope.class);
  private final Envelope[] order = {
    Envelope.KMSG, Envelope.CRI, Envelope.RFC5424, Envelope.RFC3164, Envelope.DMESG
  };
  private final TextEnvelope[] inOrder;
  private final @Nullable TextEnvelope[] byEnvelope = new TextEnvelope[Envelope.values().length];

  public TextEnvelopes(WallTime wallTime) {
    Scratch scratch = new Scratch();
    DmesgEnvelope dmesg = new DmesgEnvelope(wallTime);
    envelopes.put(Envelope.KMSG, new KmsgEnvelope(scratch));
    envelopes.put(Envelope.CRI, new CriEnvelope(new CriHeader(wallTime), dmesg));
    Rfc3164Envelope syslog = new Rfc3164Envelope(wallTime, scratch);
    envelopes.put(Envelope.RFC5424, new Rfc5424Envelope(wallTime, scratch, syslog));
    envelopes.put(Envelope.RFC3164, syslog);
    envelopes.put(Envelope.DMESG, dmesg);
    inOrder = new TextEnvelope[order.length];
    envelopes.forEach((envelope, reader) -> byEnvelope[envelope.ordinal()] = reader);
    for (int i = 0; i < order.length; i++) {
      inOrder[i] = envelopes.get(order[i]);
    }
  }

  /** Null for what is no text envelope. */
  @Nullable
  public TextEnvelope of(Envelope envelope) {
    return byEnvelope[envelope.ordinal()];
  }

  /** Reads a line with the first envelope that matches its prefix; null if none does. */
  @Nullable
  public Envelope read(byte[] text, int start, int end, LineView view, long recordMs) {
    for (int i = 0; i < inOrder.length; i++) {
      if (start < end && !inOrder[i].mayBegin(text[start])) {
        continue;
      }
      view.clear();
      if (inOrder[i].read(text, start, end, view, recordMs) == TextEnvelope.Reading.LINE) {
        return order[i];
      }
    }
    return null;
  }
}
