package io.oomstream.format.detect;

import io.oomstream.format.json.DmesgJson;
import io.oomstream.format.json.FluentBitKmsg;
import io.oomstream.format.json.FluentBitSystemd;
import io.oomstream.format.json.JournaldJson;
import io.oomstream.format.json.JsonEnvelope;
import io.oomstream.format.json.JsonTime;
import io.oomstream.format.json.ShipperFields;
import io.oomstream.format.json.ShipperJson;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.text.InnerText;
import io.oomstream.format.text.TextEnvelope;
import io.oomstream.format.text.TextEnvelopes;
import io.oomstream.format.time.WallTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reader for each envelope. */
public final class EnvelopeReaders {

  private final TextEnvelopes texts;
  private final Map<Envelope, JsonEnvelope> objects = new EnumMap<>(Envelope.class);

  public EnvelopeReaders(ZoneId zone) {
    Scratch scratch = new Scratch();
    WallTime wallTime = new WallTime(zone);
    texts = new TextEnvelopes(wallTime);
    InnerText inner = new InnerText(texts);
    objects.put(Envelope.JOURNALD_JSON, new JournaldJson(scratch));
    objects.put(Envelope.FLUENT_BIT_KMSG, new FluentBitKmsg(wallTime, scratch));
    objects.put(Envelope.FLUENT_BIT_SYSTEMD, new FluentBitSystemd(wallTime, scratch));
    objects.put(Envelope.DMESG_JSON, new DmesgJson(wallTime, scratch));
    Map<Envelope, ShipperFields> shippers = new EnumMap<>(Envelope.class);
    shippers.put(Envelope.VECTOR, ShipperFields.VECTOR);
    shippers.put(Envelope.FILEBEAT, ShipperFields.FILEBEAT);
    shippers.put(Envelope.RSYSLOG_JSON, ShipperFields.RSYSLOG);
    shippers.put(Envelope.SYSLOG_NG_JSON, ShipperFields.SYSLOG_NG);
    shippers.put(Envelope.LOGSTASH, ShipperFields.LOGSTASH);
    shippers.put(Envelope.GELF, ShipperFields.GELF);
    shippers.put(Envelope.FLUENT_BIT_SYSLOG, ShipperFields.FLUENT_BIT_SYSLOG);
    shippers.put(Envelope.FLUENT_BIT_TAIL, ShipperFields.FLUENT_BIT_TAIL);
    shippers.put(Envelope.CUSTOM_JSON, ShipperFields.OWN);
    shippers.forEach(
        (envelope, names) ->
            objects.put(envelope, new ShipperJson(names, new JsonTime(wallTime), inner, scratch)));
  }

  public TextEnvelopes texts() {
    return texts;
  }

  /** Null for what is no text envelope. */
  @Nullable
  public TextEnvelope text(Envelope envelope) {
    return texts.of(envelope);
  }

  /** Null for what is no JSON envelope. */
  @Nullable
  public JsonEnvelope json(Envelope envelope) {
    return objects.get(envelope);
  }
}
