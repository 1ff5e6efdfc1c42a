package io.oomstream.step;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.section.Workload;
import io.oomstream.event.section.Workload.NamesStatus;
import io.oomstream.workload.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Puts names into what waited for them. An event waits as the bytes that would be written without
 * names, and the names are put between them: so nothing else of it can change.
 */
public final class Naming {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String WORKLOAD = "workload";

  private Naming() {}

  /** A kill whose workload is looked for nowhere: what it is grouped by is its own key. */
  static OutgoingEvent grouped(OutgoingEvent kill) {
    return with(kill, ofKill(kill.data(), null, null));
  }

  /**
   * The kill's event of an element that waited, with names.
   *
   * @param names null if they are not known
   */
  public static @Nullable OutgoingEvent kill(Unnamed waited, @Nullable Names names) {
    OutgoingEvent kill = waited.kill();
    return kill == null ? null : with(kill, ofKill(kill.data(), names, status(names)));
  }

  /** The signal, likewise. */
  public static @Nullable Outbound signal(Unnamed waited, @Nullable Names names) {
    Outbound signal = waited.signal();
    String group = names == null ? null : names.groupKey();
    return signal == null || group == null
        ? signal
        : new Outbound(
            with(signal.event(), ofSignal(signal.event().data(), group)),
            signal.kind(),
            signal.severity(),
            signal.host(),
            group,
            signal.eventTimeMs());
  }

  /** The occurrence, likewise. */
  public static @Nullable Occurrence occurrence(Unnamed waited, @Nullable Names names) {
    Occurrence occurrence = waited.occurrence();
    String group = names == null ? null : names.groupKey();
    return occurrence == null || group == null ? occurrence : occurrence.groupedBy(group);
  }

  private static OutgoingEvent with(OutgoingEvent event, byte[] data) {
    return new OutgoingEvent(
        event.type(), event.id(), event.key(), event.source(), event.subject(), event.time(), data);
  }

  private static Workload added(
      @Nullable Names names, @Nullable String group, @Nullable NamesStatus status) {
    return new Workload(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        names == null ? null : names.kubernetes(),
        group,
        status);
  }

  private static NamesStatus status(@Nullable Names names) {
    return names == null ? NamesStatus.UNKNOWN : NamesStatus.KNOWN;
  }

  private static byte[] ofKill(byte[] data, @Nullable Names names, @Nullable NamesStatus status) {
    try (JsonParser parser = JSON.createParser(data)) {
      if (!toWorkload(parser) || parser.currentToken() != JsonToken.START_OBJECT) {
        return data;
      }
      String key = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isKey = parser.currentName().equals("key");
        parser.nextToken();
        if (isKey) {
          key = parser.getText();
        }
        parser.skipChildren();
      }
      int end = (int) parser.currentLocation().getByteOffset() - 1;
      String group = names == null ? null : names.groupKey();
      byte[] more = EventJson.toBytes(added(names, group == null ? key : group, status));
      if (more.length == 2) {
        return data;
      }
      more[0] = ',';
      boolean isEmpty = data[end - 1] == '{';
      return spliced(data, end, end, more, isEmpty ? 1 : 0, more.length - 1);
    } catch (IOException e) {
      throw new UncheckedIOException("an event of ours is not JSON", e);
    }
  }

  private static byte[] ofSignal(byte[] data, String group) {
    try (JsonParser parser = JSON.createParser(data)) {
      if (!toWorkload(parser)) {
        return data;
      }
      int begin = (int) parser.currentTokenLocation().getByteOffset();
      parser.finishToken();
      int end = (int) parser.currentLocation().getByteOffset();
      byte[] value = EventJson.toBytes(group);
      return spliced(data, begin, end, value, 0, value.length);
    } catch (IOException e) {
      throw new UncheckedIOException("an event of ours is not JSON", e);
    }
  }

  /** Goes to the value of the event's own field; false if it has none. */
  private static boolean toWorkload(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isIt = parser.currentName().equals(WORKLOAD);
      parser.nextToken();
      if (isIt) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static byte[] spliced(
      byte[] data, int begin, int end, byte[] more, int moreFrom, int moreTo) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + more.length);
    out.write(data, 0, begin);
    out.write(more, moreFrom, moreTo - moreFrom);
    out.write(data, end, data.length - end);
    return out.toByteArray();
  }
}
