package io.oomstream.format.file;

import io.oomstream.format.line.Scratch;
import io.oomstream.format.otlp.ProtoReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The log records of OpenTelemetry's protobuf, each as a request of its own with its resource: a
 * file that is one {@code ExportLogsServiceRequest}, or the collector's ({@code
 * exporter/fileexporter}), which puts four bytes of length, the highest first, before each.
 *
 * <p>There are no lines, so records are numbered.
 */
final class ProtoSplitter implements FileSplitter {

  private static final int TAG_1 = 1 << 3 | ProtoReader.BYTES;
  private static final int TAG_2 = 2 << 3 | ProtoReader.BYTES;
  private static final int TAG_3 = 3 << 3 | ProtoReader.BYTES;
  private static final int FRAME_BYTES = 4;

  /** Stands for what cannot be read: as a text it might be taken for something. */
  private static final byte[] UNREADABLE = {0};

  private static final byte[] NONE = {};

  private static final int LONGEST_VARINT = 10;

  private final FileInput in;
  private final Scratch message = new Scratch();

  /** Where we are in the message, which is not split at once: each record repeats its resource. */
  private @Nullable ProtoReader resourceLogs;

  private @Nullable ProtoReader scopeLogs;
  private byte[] resource = NONE;
  private boolean unreadable;
  private long number;

  ProtoSplitter(FileInput in) {
    this.in = in;
  }

  /** Whether a file begins as a request does: resource logs, and in them a resource or scope. */
  static boolean isBegin(byte[] begin) {
    return isRequest(begin, 0) || (frame(begin) > 1 && isRequest(begin, FRAME_BYTES));
  }

  private static long frame(byte[] begin) {
    return begin.length < FRAME_BYTES || begin[0] < 0 || begin[0] > 1
        ? -1
        : (begin[0] & 0xffL) << 24
            | (begin[1] & 0xff) << 16
            | (begin[2] & 0xff) << 8
            | (begin[3] & 0xff);
  }

  private static boolean isRequest(byte[] begin, int start) {
    if (start >= begin.length || begin[start] != TAG_1) {
      return false;
    }
    long[] length = new long[1];
    int inner = varint(begin, start + 1, length);
    if (inner < 0 || inner >= begin.length || (begin[inner] != TAG_1 && begin[inner] != TAG_2)) {
      return false;
    }
    long[] innerLength = new long[1];
    int content = varint(begin, inner + 1, innerLength);
    if (content < 0 || content - inner + innerLength[0] > length[0]) {
      return false;
    }
    // A newline may begin a text: a request goes on with a field again.
    long after = content + innerLength[0];
    if (after == inner + length[0]) {
      return true;
    }
    return after >= begin.length
        ? begin.length == FileSplitter.LOOK_AHEAD
        : begin[(int) after] == TAG_2 || begin[(int) after] == TAG_3;
  }

  /** Where the number ends; -1 if it does not. */
  private static int varint(byte[] bytes, int start, long[] into) {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT && start + i < bytes.length; i++) {
      value |= (bytes[start + i] & 0x7fL) << 7 * i;
      if (bytes[start + i] >= 0) {
        into[0] = value;
        return value < 0 ? -1 : start + i + 1;
      }
    }
    return -1;
  }

  @Override
  public @Nullable FileUnit next() throws IOException {
    byte[] record = nextRecord();
    while (record == null) {
      if (!readResourceLogs()) {
        return null;
      }
      record = nextRecord();
    }
    number++;
    return new FileUnit(number, record);
  }

  /** Reads one message of resource logs, or all the rest if that is none. */
  private boolean readResourceLogs() throws IOException {
    if (in.peek() == 0 || in.peek() == 1) {
      message.clear();
      in.read(FRAME_BYTES, message);
    }
    if (in.peek() < 0) {
      return false;
    }
    message.clear();
    boolean known = in.peek() == TAG_1;
    message.add(in.read());
    long length = 0;
    for (int i = 0; i < LONGEST_VARINT && in.peek() >= 0; i++) {
      int b = in.read();
      message.add(b);
      length |= (b & 0x7fL) << 7 * i;
      if (b < 0x80) {
        break;
      }
    }
    int content = message.size();
    if (!known || length < 0 || length > LONGEST) {
      in.read(Long.MAX_VALUE, message);
      unreadable = true;
      return true;
    }
    in.read(length, message);
    if (message.size() == content + length) {
      resourceLogs = new ProtoReader(message.bytes(), content, message.size());
      resource = NONE;
    } else {
      unreadable = true;
    }
    return true;
  }

  /** The next record of the message; null at its end. */
  private byte @Nullable [] nextRecord() {
    ProtoReader outer = resourceLogs;
    while (outer != null && !unreadable) {
      ProtoReader inner = scopeLogs;
      if (inner != null && inner.next()) {
        if (inner.isBytes() && inner.field() == 2) {
          return request(inner.content());
        }
      } else {
        unreadable = inner != null && inner.isBroken();
        scopeLogs = null;
        outer = unreadable ? null : nextScope(outer);
      }
    }
    resourceLogs = null;
    scopeLogs = null;
    byte[] last = unreadable ? UNREADABLE : null;
    unreadable = false;
    return last;
  }

  /** Goes to the next scope's logs; null where there is none. */
  private @Nullable ProtoReader nextScope(ProtoReader outer) {
    while (outer.next()) {
      if (outer.isBytes() && outer.field() == 1) {
        resource = field(TAG_1, outer.content());
      } else if (outer.isBytes() && outer.field() == 2) {
        scopeLogs = outer.inner();
        return outer;
      }
    }
    unreadable = outer.isBroken();
    return null;
  }

  private byte[] request(byte[] record) {
    byte[] scope = field(TAG_2, field(TAG_2, record));
    byte[] both = new byte[resource.length + scope.length];
    System.arraycopy(resource, 0, both, 0, resource.length);
    System.arraycopy(scope, 0, both, resource.length, scope.length);
    return field(TAG_1, both);
  }

  private static byte[] field(int tag, byte[] content) {
    Scratch field = new Scratch();
    field.add(tag);
    int length = content.length;
    while (length > 0x7f) {
      field.add(length & 0x7f | 0x80);
      length >>>= 7;
    }
    field.add(length);
    field.add(content, 0, content.length);
    return field.toArray();
  }
}
