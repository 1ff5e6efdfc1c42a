package io.oomstream.cli.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oomstream.cli.html.HtmlReport;
import io.oomstream.cli.html.PageWords;
import io.oomstream.diagnosis.context.HumanUnits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Explains logs in the browser of this machine. It listens on 127.0.0.1 only and answers only
 * requests that name this address, so that no page from elsewhere can reach it by a name of its own
 * (DNS rebinding) or by a form.
 */
public final class LocalServer implements AutoCloseable {

  /** A gzip may unpack to so many times the largest log. */
  private static final int UNPACKED = 8;

  /** What is too large is read to its end, up to so many times the largest log. */
  private static final int DRAINED = 64;

  /** Logs in memory at a time; one is analyzed, the others wait. */
  private static final int WAITING = 3;

  private static final int THREADS = 4;

  /** Of a browser's form around the log. */
  private static final int FORM_BYTES = 64 << 10;

  private static final int NAME_CHARS = 100;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Semaphore places = new Semaphore(WAITING);
  private final Object oneAtATime = new Object();
  private final PageWords words;
  private final LogReader reader;
  private final int most;

  private LocalServer(
      HttpServer server, ExecutorService threads, PageWords words, LogReader reader, int most) {
    this.server = server;
    this.threads = threads;
    this.words = words;
    this.reader = reader;
    this.most = most;
  }

  /**
   * Starts it.
   *
   * @param port 0 for any that is free
   * @param most bytes of a log
   */
  public static LocalServer start(int port, PageWords words, LogReader reader, int most)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 16);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    LocalServer local = new LocalServer(server, threads, words, reader, most);
    server.createContext("/", local::answer);
    server.setExecutor(threads);
    server.start();
    return local;
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isFromHere(exchange.getRequestHeaders())) {
        send(exchange, 403, null);
        return;
      }
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      if ("/".equals(path) && ("GET".equals(method) || "HEAD".equals(method))) {
        send(exchange, 200, PastePage.render(words, most, null));
      } else if ("/analyze".equals(path) && "POST".equals(method)) {
        analyze(exchange);
      } else if ("/analyze".equals(path) && "GET".equals(method)) {
        // The reader has loaded the page again, and the log was not kept.
        exchange.getResponseHeaders().set("Location", "/");
        send(exchange, 303, null);
      } else {
        send(exchange, 404, null);
      }
    }
  }

  private boolean isFromHere(Headers headers) {
    int port = server.getAddress().getPort();
    String host = headers.getFirst("Host");
    String origin = headers.getFirst("Origin");
    String site = headers.getFirst("Sec-Fetch-Site");
    return host != null
        && isOurs(host, port)
        && (origin == null || isOurs(origin.replaceFirst("^http://", ""), port))
        && (site == null || !site.equals("cross-site"));
  }

  private static boolean isOurs(String host, int port) {
    return host.equals("127.0.0.1:" + port) || host.equalsIgnoreCase("localhost:" + port);
  }

  private void analyze(HttpExchange exchange) throws IOException {
    if (!places.tryAcquire()) {
      refuse(exchange, 503, words.text("serve.busy"));
      return;
    }
    try {
      byte[] form = Upload.all(exchange.getRequestBody(), most + FORM_BYTES);
      Upload upload = Upload.of(exchange.getRequestHeaders().getFirst("Content-Type"), form);
      if (upload == null) {
        refuse(exchange, 400, words.text("serve.bad"));
      } else if (upload.log().length == 0) {
        refuse(exchange, 400, words.text("serve.empty"));
      } else {
        explain(exchange, upload);
      }
    } catch (Upload.TooLarge e) {
      drain(exchange.getRequestBody());
      refuse(exchange, 413, words.text("serve.large", "size", HumanUnits.bytes(most)));
    } catch (ZipException | EOFException e) {
      refuse(exchange, 400, words.text("serve.bad"));
    } finally {
      places.release();
    }
  }

  private void explain(HttpExchange exchange, Upload upload) throws IOException {
    String name = upload.name() == null ? "" : cut(upload.name());
    Path file = privateFile();
    file.toFile().deleteOnExit(); // if the process ends in between
    String page = null;
    String failed = null;
    try {
      upload.writeTo(file, (long) UNPACKED * most);
      LogReader.Outcome outcome;
      synchronized (oneAtATime) {
        outcome = reader.read(file, name);
      }
      page = outcome.unusable() ? null : HtmlReport.render(outcome.content(), words, "/");
    } catch (Upload.TooLarge | ZipException | EOFException e) {
      throw e;
    } catch (Exception e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      String shown = reason.replace(file.toString(), name.isEmpty() ? "-" : name);
      failed = shown;
    } finally {
      Files.deleteIfExists(file);
    }
    // Answered when the log is gone from the disk.
    if (failed != null) {
      refuse(exchange, 422, words.text("serve.failed", "reason", failed));
    } else if (page == null) {
      refuse(exchange, 422, words.text("serve.unusable"));
    } else {
      send(exchange, 200, page);
    }
  }

  private static String cut(String name) {
    return name.length() <= NAME_CHARS ? name : name.substring(0, NAME_CHARS);
  }

  /** A browser reads the answer only when it has sent everything. */
  private void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = (long) DRAINED * most;
    for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
      left -= n;
    }
  }

  private static Path privateFile() throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return Files.createTempFile("oomstream", ".log");
    }
    return Files.createTempFile(
        "oomstream",
        ".log",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private void refuse(HttpExchange exchange, int status, String reason) throws IOException {
    send(exchange, status, PastePage.render(words, most, reason));
  }

  private static void send(HttpExchange exchange, int status, @Nullable String page)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", "frame-ancestors 'none'");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Content-Type", "text/html; charset=utf-8");
    byte[] body = page == null ? new byte[0] : page.getBytes(StandardCharsets.UTF_8);
    boolean head = "HEAD".equals(exchange.getRequestMethod());
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
