package io.oomstream.format;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reader for each envelope; they share the room for unescaped text. */
final class Forms {

  private final Map<Envelope, TextForm> texts = new EnumMap<>(Envelope.class);
  private final Map<Envelope, JsonForm> objects = new EnumMap<>(Envelope.class);

  Forms(ZoneId zone) {
    Scratch scratch = new Scratch();
    WallTime wallTime = new WallTime(zone);
    texts.put(Envelope.KMSG, new KmsgForm(scratch));
    texts.put(Envelope.DMESG, new DmesgForm(wallTime));
    texts.put(Envelope.RFC3164, new Rfc3164Form(wallTime, scratch));
    texts.put(Envelope.RFC5424, new Rfc5424Form(wallTime, scratch));
    objects.put(Envelope.JOURNALD_JSON, new JournaldJson(scratch));
    objects.put(Envelope.FLUENT_BIT_KMSG, new FluentBitKmsg(wallTime, scratch));
    objects.put(Envelope.FLUENT_BIT_SYSTEMD, new FluentBitSystemd(wallTime, scratch));
  }

  /** Null for what is no text envelope. */
  @Nullable TextForm text(Envelope envelope) {
    return texts.get(envelope);
  }

  /** Null for what is no JSON envelope. */
  @Nullable JsonForm json(Envelope envelope) {
    return objects.get(envelope);
  }
}
