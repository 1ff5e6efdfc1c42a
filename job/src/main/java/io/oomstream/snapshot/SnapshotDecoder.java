package io.oomstream.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record's bytes to snapshots: one file's text, or JSON envelopes, one or several after each
 * other. No bytes make it throw.
 */
public final class SnapshotDecoder {

  /** The file's path, for a record that holds one file's text. */
  public static final String FILE_HEADER = "oomstream-file";

  /** When the host took it, for a record that holds one file's text: as in the envelope. */
  public static final String TIME_HEADER = "oomstream-time";

  /** The boot it was taken in, likewise. */
  public static final String BOOT_HEADER = "oomstream-boot-id";

  private static final JsonFactory JSON = new JsonFactory();

  private SnapshotDecoder() {}

  /**
   * What a record holds.
   *
   * @param complaint why a part or all of it could not be read; empty if all could
   */
  public record Decoded(List<Snapshot> snapshots, String complaint) {}

  /**
   * @param host the host of a record that names none itself; null if that is not known either
   */
  public static Decoded decode(RawRecord record, @Nullable String host) {
    byte[] value = record.value();
    if (value == null || value.length == 0) {
      return new Decoded(List.of(), "an empty record");
    }
    int start = 0;
    while (start < value.length && value[start] <= ' ' && value[start] >= 0) {
      start++;
    }
    return start < value.length && value[start] == '{'
        ? envelopes(record, value, host)
        : text(record, value, host);
  }

  /** Whether bytes begin such a record: a file's text, or an envelope of files. */
  public static boolean isOne(byte[] begin) {
    String text = new String(begin, StandardCharsets.UTF_8).stripLeading();
    return text.startsWith("{") ? text.contains("\"files\"") : FileKind.ofShape(text) != null;
  }

  /**
   * Pages are of 4 KiB where nothing says otherwise: what {@code meminfo} of the same moment says
   * of all managed memory does.
   */
  private static @Nullable Long zoneReserved(SnapshotFiles files, @Nullable Long pageSize) {
    if (files.zoneinfo == null) {
      return null;
    }
    Long present = files.zoneinfo.sum("present");
    Long managed = files.zoneinfo.sum("managed");
    if (present == null || managed == null || present < managed) {
      return null;
    }
    Long total = files.meminfo == null ? null : files.meminfo.get("MemTotal");
    Long size = pageSize;
    if (size == null && total != null && managed > 0) {
      size = Long.highestOneBit(total / managed + total / managed / 2);
    }
    return ProcText.product(present - managed, size == null ? SMALL_PAGE : size);
  }

  private static final long SMALL_PAGE = 4096;

  private static Decoded text(RawRecord record, byte[] value, @Nullable String host) {
    SnapshotFiles files = new SnapshotFiles();
    files.add(header(record, FILE_HEADER), new String(value, StandardCharsets.UTF_8));
    SnapshotEnvelope envelope = new SnapshotEnvelope();
    envelope.time = TimeText.parse(header(record, TIME_HEADER));
    envelope.bootId = header(record, BOOT_HEADER);
    List<Snapshot> found = new ArrayList<>();
    String complaint = finish(record, envelope, files, host, hash(value), found);
    return new Decoded(List.copyOf(found), complaint);
  }

  private static Decoded envelopes(RawRecord record, byte[] value, @Nullable String host) {
    List<Snapshot> found = new ArrayList<>();
    String complaint = "";
    try (JsonParser parser = JSON.createParser(value)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          return new Decoded(List.copyOf(found), "not a JSON object");
        }
        SnapshotFiles files = new SnapshotFiles();
        long from = parser.currentTokenLocation().getByteOffset();
        SnapshotEnvelope envelope = SnapshotEnvelope.read(parser, files);
        long to = parser.currentLocation().getByteOffset();
        String wrong = finish(record, envelope, files, host, hash(part(value, from, to)), found);
        complaint = complaint.isEmpty() ? wrong : complaint;
      }
    } catch (IOException e) {
      return new Decoded(List.copyOf(found), "broken JSON");
    }
    return new Decoded(List.copyOf(found), complaint);
  }

  private static String finish(
      RawRecord record,
      SnapshotEnvelope envelope,
      SnapshotFiles files,
      @Nullable String host,
      String hash,
      List<Snapshot> found) {
    String name = envelope.host == null ? host : envelope.host;
    if (name == null || name.isBlank()) {
      return "no host: neither in the envelope, nor a header, nor the record's key";
    }
    if (envelope.complaint != null) {
      return envelope.complaint;
    }
    if (files.isEmpty()) {
      return files.complaint().isEmpty() ? "no file that is known" : files.complaint();
    }
    long measured = envelope.time == null ? record.timestamp() : envelope.time;
    found.add(
        new Snapshot(
            name,
            envelope.bootId,
            envelope.kernelRelease,
            envelope.pageSize,
            record.timestamp(),
            measured,
            EventIds.hash("snapshot", name, envelope.bootId, String.valueOf(measured), hash),
            SnapshotFigures.of(files, envelope.pageSize),
            files.slabinfo == null ? Map.of() : files.slabinfo.caches(),
            files.cgroups,
            files.vmstat == null ? null : files.vmstat.get("oom_kill"),
            zoneReserved(files, envelope.pageSize)));
    return files.complaint();
  }

  /** All of it where the parser does not count bytes, as for UTF-16. */
  private static byte[] part(byte[] value, long from, long to) {
    return from < 0 || to <= from || to > value.length
        ? value
        : Arrays.copyOfRange(value, (int) from, (int) to);
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().toHexDigits(Arrays.hashCode(bytes)) + " " + bytes.length;
  }

  private static @Nullable String header(RawRecord record, String name) {
    byte[] value = record.headers().get(name);
    return value == null || value.length == 0 ? null : new String(value, StandardCharsets.UTF_8);
  }
}
