package io.oomstream.kafka;

import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Whether a broker will accept a record, checked before it is sent: a refused record fails the job
 * again after each restart. The sinks compress with gzip, so the size is known here.
 */
final class RecordSize {
  /** Larger records are not even compressed; the client accepts this size plus its overhead. */
  static final int MAX_PLAIN_BYTES = 24 << 20;

  /** The overhead of a batch with one record and of gzip for data that can't be compressed. */
  private static final int OVERHEAD = 4096;

  private static final int CHUNK = 8192;

  private RecordSize() {}

  /**
   * @param maxBytes the topic's limit, compressed
   */
  static boolean fits(ProducerRecord<byte[], byte[]> candidate, int maxBytes) {
    long plain = length(candidate.key()) + length(candidate.value());
    for (Header header : candidate.headers()) {
      plain += header.key().length() + length(header.value());
    }
    if (plain > MAX_PLAIN_BYTES) {
      return false;
    }
    return plain <= maxBytes - OVERHEAD || compressed(candidate) <= maxBytes - OVERHEAD;
  }

  private static long compressed(ProducerRecord<byte[], byte[]> candidate) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      byte[] chunk = new byte[CHUNK];
      long size = deflate(deflater, candidate.key(), chunk);
      size += deflate(deflater, candidate.value(), chunk);
      for (Header header : candidate.headers()) {
        size += deflate(deflater, header.key().getBytes(StandardCharsets.UTF_8), chunk);
        size += deflate(deflater, header.value(), chunk);
      }
      deflater.finish();
      while (!deflater.finished()) {
        size += deflater.deflate(chunk);
      }
      return size;
    } finally {
      deflater.end();
    }
  }

  private static long deflate(Deflater deflater, byte @Nullable [] bytes, byte[] chunk) {
    if (bytes == null) {
      return 0;
    }
    deflater.setInput(bytes);
    long size = 0;
    while (!deflater.needsInput()) {
      size += deflater.deflate(chunk);
    }
    return size;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
