package io.oomstream.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream that may stay open. Where no more comes for a while, it ends for its reader, behind a
 * whole line; {@link #resume()} goes on. A stream that only trickles ends now and then too.
 *
 * <p>Used by one thread; another one, its own, waits for the bytes.
 */
public final class LivePipe extends InputStream {

  /** Quiet for so long means that the producer waits; before the first pause somewhat longer. */
  static final long QUIET_MS = 700;

  private static final long FIRST_QUIET_MS = 900;

  /** How long a trickle must last to be distinguished from a slow producer of a whole log. */
  private static final long FIRST_TRICKLE_MS = 2_500;

  /** More than that in a second is no trickle. */
  private static final long TRICKLE_BYTES = 16_384;

  private static final int STEP_MS = 20;
  private static final int CHUNK = 1 << 16;
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(64);
  private volatile @Nullable IOException failure;
  private final boolean follows;
  private byte[] chunk = new byte[0];
  private int at;
  private boolean first = true;
  private boolean ended;
  private boolean paused;
  private boolean idle;
  private final LineEnds lines = new LineEnds();
  private long partBegan;
  private long partBytes;
  private long waitedNs;
  private long lastData;

  /**
   * A pipe.
   *
   * @param follows whether it is known to stay open
   */
  public LivePipe(InputStream source, boolean follows) {
    this.follows = follows;
    partBegan = System.nanoTime();
    lastData = partBegan;
    Thread pump = new Thread(() -> pump(source), "oomstream-input");
    pump.setDaemon(true);
    pump.start();
  }

  private void pump(InputStream source) {
    byte[] buffer = new byte[CHUNK];
    try {
      try {
        for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
          queue.put(java.util.Arrays.copyOf(buffer, count));
        }
      } catch (IOException e) {
        failure = e;
      }
      queue.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the stream has ended for good. */
  public boolean isEnded() {
    return ended;
  }

  /** Whether nothing came before the pause. */
  boolean isIdle() {
    return idle;
  }

  /** Goes on behind a pause. */
  void resume() {
    paused = false;
    first = false;
    partBegan = System.nanoTime();
    partBytes = 0;
    waitedNs = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    while (at == chunk.length) {
      byte[] next = ended || paused ? null : next();
      if (next == null) {
        return -1;
      }
      chunk = next;
      at = 0;
    }
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, into, offset, count);
    lines.see(chunk, at, count);
    at += count;
    partBytes += count;
    return count;
  }

  @Override
  public int available() {
    return chunk.length - at;
  }

  /** Null at the end and at a pause. */
  private byte @Nullable [] next() throws IOException {
    byte[] next = queue.poll();
    try {
      while (next == null && !pauses()) {
        long before = System.nanoTime();
        next = queue.poll(STEP_MS, TimeUnit.MILLISECONDS);
        waitedNs += System.nanoTime() - before;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (next == END) {
      ended = true;
      IOException failed = failure;
      if (failed != null) {
        throw failed;
      }
      return null;
    }
    if (next != null) {
      lastData = System.nanoTime();
    }
    return next;
  }

  private boolean pauses() {
    if (!lines.isBetweenLines()) {
      return false;
    }
    long now = System.nanoTime();
    boolean begun = first && !follows;
    idle = now - lastData >= nanos(begun ? FIRST_QUIET_MS : QUIET_MS);
    if (idle) {
      // The next quiet spell begins now.
      lastData = now;
    }
    long lasted = now - partBegan;
    boolean trickles =
        partBytes > 0
            && lasted >= nanos(begun ? FIRST_TRICKLE_MS : QUIET_MS)
            && waitedNs * 2 > lasted
            && partBytes * nanos(1_000) < TRICKLE_BYTES * lasted;
    paused = idle || trickles;
    return paused;
  }

  private static long nanos(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** Where a text may be cut: behind a line, and not within a JSON document of several lines. */
  private static final class LineEnds {
    private boolean any;
    private boolean whole;
    private boolean json;
    private boolean text = true;
    private boolean quoted;
    private boolean escaped;
    private int depth;
    private byte last;

    void see(byte[] bytes, int from, int count) {
      for (int i = from; i < from + count; i++) {
        byte b = bytes[i];
        if (!any) {
          any = true;
          json = b == '{' || b == '[' && isArray(bytes, i, from + count);
          // What begins a packed file or UTF-16 is no letter, digit or mark of a log.
          text = b == '\t' || b == '\n' || b == '\r' || (b >= ' ' && b < 0x7f);
        }
        if (json) {
          nest(b);
        }
        last = b;
      }
      whole = last == '\n' && depth == 0;
    }

    private static boolean isArray(byte[] bytes, int at, int end) {
      int i = at + 1;
      while (i < end && (bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r')) {
        i++;
      }
      return i < end && bytes[i] == '{';
    }

    private void nest(byte b) {
      if (quoted) {
        quoted = escaped || b != '"';
        escaped = !escaped && b == '\\';
      } else if (b == '"') {
        quoted = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth = Math.max(0, depth - 1);
      }
    }

    boolean isBetweenLines() {
      return any && text && whole;
    }
  }
}
