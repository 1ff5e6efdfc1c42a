package io.oomstream.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * OpenTelemetry's {@code otlp_proto}: an {@code ExportLogsServiceRequest} in protobuf's wire
 * format. The field numbers are those of {@code opentelemetry/proto/logs/v1/logs.proto} and {@code
 * common/v1/common.proto}; what we do not know is stepped over.
 */
final class OtlpProto {

  /** A map within a map is read as far as its path is not longer. */
  static final int LONGEST_PREFIX = 64;

  private static final int RESOURCE_LOGS = 1;

  private final OtlpLine line;

  OtlpProto(OtlpLine line) {
    this.line = line;
  }

  /** Whether the whole record is a row of resource logs, and each a row of fields. */
  static boolean is(byte[] value) {
    if (value.length < 2 || value[0] != (RESOURCE_LOGS << 3 | ProtoReader.BYTES)) {
      return false;
    }
    ProtoReader reader = new ProtoReader(value, 0, value.length);
    while (reader.next()) {
      boolean fits = reader.field() == RESOURCE_LOGS && reader.isBytes() && fits(reader.inner());
      if (!fits) {
        return false;
      }
    }
    return !reader.isBroken();
  }

  private static boolean fits(ProtoReader resourceLogs) {
    while (resourceLogs.next()) {
      if (resourceLogs.field() > 3 || !resourceLogs.isBytes()) {
        return false;
      }
    }
    return !resourceLogs.isBroken();
  }

  void decode(byte[] value, long recordMs, LineOutput out) {
    ProtoReader request = new ProtoReader(value, 0, value.length);
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
    Map<String, byte[]> resource = new HashMap<>();
    while (reader.next()) {
      if (reader.field() == 1 && reader.isBytes()) {
        ProtoReader attributes = reader.inner();
        while (attributes.next()) {
          if (attributes.field() == 1 && attributes.isBytes()) {
            keyValue(attributes.inner(), "", resource);
          }
        }
      } else if (reader.field() == 2 && reader.isBytes()) {
        scopeLogs(reader.inner(), resource, recordMs, out);
      }
    }
    if (reader.isBroken()) {
      out.undecodable("not the wire format of protobuf", reader.position());
    }
  }

  private void scopeLogs(
      ProtoReader reader, Map<String, byte[]> resource, long recordMs, LineOutput out) {
    while (reader.next()) {
      if (reader.field() == 2 && reader.isBytes()) {
        ProtoReader record = reader.inner();
        OtlpEntry entry = entry(record).build(resource);
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

  private static OtlpEntry.Builder entry(ProtoReader record) {
    OtlpEntry.Builder entry = new OtlpEntry.Builder();
    while (record.next()) {
      switch (record.field()) {
        case 1 -> entry.timeNs = record.number();
        case 11 -> entry.observedNs = record.number();
        case 5 -> {
          if (record.isBytes()) {
            entry.body = body(record.inner(), entry.attributes);
          }
        }
        case 6 -> {
          if (record.isBytes()) {
            keyValue(record.inner(), "", entry.attributes);
          }
        }
        default -> {}
      }
    }
    return entry;
  }

  /** The body's text; what is a map goes to the attributes. */
  private static byte[] body(ProtoReader any, Map<String, byte[]> attributes) {
    byte[] text = OtlpEntry.NO_BODY;
    while (any.next()) {
      if (any.field() == 6 && any.isBytes()) {
        keyValues(any.inner(), "", attributes);
      } else {
        text = text(any);
      }
    }
    return text;
  }

  private static void keyValues(ProtoReader list, String prefix, Map<String, byte[]> into) {
    while (list.next()) {
      if (list.field() == 1 && list.isBytes()) {
        keyValue(list.inner(), prefix, into);
      }
    }
  }

  private static void keyValue(ProtoReader pair, String prefix, Map<String, byte[]> into) {
    String name = prefix;
    while (pair.next()) {
      if (pair.field() == 1 && pair.isBytes()) {
        name = prefix + new String(pair.bytes(), StandardCharsets.UTF_8);
      } else if (pair.field() == 2 && pair.isBytes()) {
        ProtoReader any = pair.inner();
        while (any.next()) {
          if (any.field() == 6 && any.isBytes() && prefix.length() < LONGEST_PREFIX) {
            keyValues(any.inner(), name + ".", into);
          } else {
            into.put(name, text(any));
          }
        }
      }
    }
  }

  /** A string, bytes, a whole number in digits, or an array of numbers as bytes. */
  private static byte[] text(ProtoReader any) {
    return switch (any.field()) {
      case 1, 7 -> any.isBytes() ? any.bytes() : OtlpEntry.NO_BODY;
      case 3 -> Long.toString(any.number()).getBytes(StandardCharsets.US_ASCII);
      case 5 -> any.isBytes() ? array(any.inner()) : OtlpEntry.NO_BODY;
      default -> OtlpEntry.NO_BODY;
    };
  }

  private static byte[] array(ProtoReader values) {
    Scratch bytes = new Scratch();
    while (values.next()) {
      if (values.field() == 1 && values.isBytes()) {
        ProtoReader any = values.inner();
        if (any.next() && any.field() == 3) {
          bytes.add((int) any.number());
        }
      }
    }
    return Arrays.copyOf(bytes.bytes(), bytes.size());
  }
}
