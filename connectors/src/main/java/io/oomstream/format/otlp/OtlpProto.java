package io.oomstream.format.otlp;

import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;

/**
 * OpenTelemetry's {@code otlp_proto}: an {@code ExportLogsServiceRequest} in protobuf's wire
 * format. The field numbers are those of {@code opentelemetry/proto/logs/v1/logs.proto} and {@code
 * common/v1/common.proto}; unknown fields are skipped.
 */
public final class OtlpProto {

  /** Longest path of nested maps; deeper ones are skipped. */
  static final int LONGEST_PREFIX = 64;

  private static final int RESOURCE_LOGS = 1;

  private final OtlpLine line;
  private final OtlpEntry entry = new OtlpEntry();
  private final ProtoReader request = new ProtoReader(OtlpEntry.NO_BODY, 0, 0);

  /** The names of the maps around a value, separated by points. */
  private final byte[] path = new byte[OtlpName.LONGEST];

  public OtlpProto(OtlpLine line) {
    this.line = line;
  }

  /** Whether the whole record is a row of resource logs, and each a row of fields. */
  public boolean is(byte[] value) {
    if (value.length < 2 || value[0] != (RESOURCE_LOGS << 3 | ProtoReader.BYTES)) {
      return false;
    }
    request.reset(value, 0, value.length);
    while (request.next()) {
      boolean fits = request.field() == RESOURCE_LOGS && request.isBytes() && fits(request.inner());
      if (!fits) {
        return false;
      }
    }
    return !request.isBroken();
  }

  private static boolean fits(ProtoReader resourceLogs) {
    while (resourceLogs.next()) {
      if (resourceLogs.field() > 3 || !resourceLogs.isBytes()) {
        return false;
      }
    }
    return !resourceLogs.isBroken();
  }

  public void decode(byte[] value, long recordMs, LineOutput out) {
    request.reset(value, 0, value.length);
    while (request.next()) {
      if (request.field() == RESOURCE_LOGS && request.isBytes()) {
        resourceLogs(request.inner(), recordMs, out);
      }
    }
    if (request.isBroken()) {
      out.undecodable("not the wire format of protobuf", request.position());
    }
  }

  /** The resource comes before its records where the encoder keeps the order of the fields. */
  private void resourceLogs(ProtoReader reader, long recordMs, LineOutput out) {
    entry.resource.clear();
    while (reader.next()) {
      if (reader.field() == 1 && reader.isBytes()) {
        ProtoReader attributes = reader.inner();
        while (attributes.next()) {
          if (attributes.field() == 1 && attributes.isBytes()) {
            keyValue(attributes.inner(), 0, entry.resource);
          }
        }
      } else if (reader.field() == 2 && reader.isBytes()) {
        scopeLogs(reader.inner(), recordMs, out);
      }
    }
    if (reader.isBroken()) {
      out.undecodable("not the wire format of protobuf", reader.position());
    }
  }

  private void scopeLogs(ProtoReader reader, long recordMs, LineOutput out) {
    while (reader.next()) {
      if (reader.field() == 2 && reader.isBytes()) {
        ProtoReader record = reader.inner();
        readEntry(record);
        if (record.isBroken()) {
          out.undecodable("a log record that is cut short", record.position());
        } else {
          line.emit(entry, recordMs, out);
        }
      }
    }
    if (reader.isBroken()) {
      out.undecodable("not the wire format of protobuf", reader.position());
    }
  }

  private void readEntry(ProtoReader record) {
    entry.begin();
    while (record.next()) {
      switch (record.field()) {
        case 1 -> entry.timeNs = record.number();
        case 11 -> entry.observedNs = record.number();
        case 5 -> {
          if (record.isBytes()) {
            body(record.inner());
          }
        }
        case 6 -> {
          if (record.isBytes()) {
            keyValue(record.inner(), 0, entry.attributes);
          }
        }
        default -> {}
      }
    }
  }

  /** Reads the body's text; the members of a map become attributes. */
  private void body(ProtoReader any) {
    entry.body.set(OtlpEntry.NO_BODY, 0, 0);
    while (any.next()) {
      if (any.field() == 6 && any.isBytes()) {
        keyValues(any.inner(), 0, entry.attributes);
      } else {
        text(any, entry.body, entry.attributes.room());
      }
    }
  }

  private void keyValues(ProtoReader list, int prefix, OtlpValues into) {
    while (list.next()) {
      if (list.field() == 1 && list.isBytes()) {
        keyValue(list.inner(), prefix, into);
      }
    }
  }

  /**
   * @param prefix length of the map's own name in {@link #path}
   */
  private void keyValue(ProtoReader pair, int prefix, OtlpValues into) {
    int length = prefix;
    while (pair.next()) {
      if (pair.field() == 1 && pair.isBytes()) {
        length = append(pair, prefix);
      } else if (pair.field() == 2 && pair.isBytes() && length < path.length) {
        value(pair.inner(), length, into);
      }
    }
  }

  private void value(ProtoReader any, int length, OtlpValues into) {
    OtlpName name = OtlpName.of(path, length);
    while (any.next()) {
      if (any.field() == 6 && any.isBytes()) {
        path[length] = '.';
        keyValues(any.inner(), length + 1, into);
      } else if (name != null) {
        text(any, into.at(name), into.room());
      }
    }
  }

  /** The path's length with the name at its end; its whole length for an unknown name. */
  private int append(ProtoReader name, int prefix) {
    int length = name.position() - name.start();
    if (length >= path.length - prefix) {
      return path.length;
    }
    System.arraycopy(name.bytes(), name.start(), path, prefix, length);
    return prefix + length;
  }

  /** A string, bytes, a whole number in digits, or an array of numbers as bytes. */
  private static void text(ProtoReader any, LineView.Span into, Scratch room) {
    boolean bytes = any.isBytes();
    switch (any.field()) {
      case 1, 7 -> into.set(any.bytes(), bytes ? any.start() : 0, bytes ? any.position() : 0);
      case 3 -> {
        int from = room.size();
        room.addNumber(any.number());
        into.set(room.bytes(), from, room.size());
      }
      case 5 -> {
        int from = room.size();
        if (bytes) {
          array(any.inner(), room);
        }
        into.set(room.bytes(), from, room.size());
      }
      default -> into.set(OtlpEntry.NO_BODY, 0, 0);
    }
  }

  private static void array(ProtoReader values, Scratch room) {
    while (values.next()) {
      if (values.field() == 1 && values.isBytes()) {
        ProtoReader any = values.inner();
        if (any.next() && any.field() == 3) {
          room.add((int) any.number());
        }
      }
    }
  }
}
