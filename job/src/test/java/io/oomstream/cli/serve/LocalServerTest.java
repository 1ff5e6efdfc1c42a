package io.oomstream.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.cli.html.HtmlCheck;
import io.oomstream.cli.html.PageContent;
import io.oomstream.cli.html.PageWords;
import io.oomstream.diagnosis.context.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By hand-written requests: a client of the JDK would not send the wrong host. */
class LocalServerTest {

  private static final int MOST = 1000;

  private final List<String> logs = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private LogReader.Outcome outcome = new LogReader.Outcome(PageContent.of(List.of()), false);
  private String failure = "";

  private LocalServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server = LocalServer.start(0, PageWords.in(Language.EN), this::read, MOST);
    port = URI.create(server.address()).getPort();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private LogReader.Outcome read(Path log, String name) throws Exception {
    files.add(log);
    logs.add(Files.readString(log));
    names.add(name);
    if (!failure.isEmpty()) {
      throw new IllegalStateException(log + failure);
    }
    return outcome;
  }

  private String send(String head, byte[] body) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      try (InputStream in = socket.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private String get(String path, String... headers) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers), new byte[0]);
  }

  private String post(byte[] form, String... headers) throws IOException {
    String more = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
    return send(
        "POST /analyze HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nContent-Type: multipart/form-data; boundary=XyZ\r\nContent-Length: "
            + form.length
            + more,
        form);
  }

  private static byte[] form(String text, String fileName, byte[] file) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        ("--XyZ\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" + text + "\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(
        ("--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + fileName
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(file);
    form.writeBytes("\r\n--XyZ--\r\n".getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String page(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void listensOnThisMachineOnlyAndShowsTheForm() throws IOException {
    assertThat(server.address()).isEqualTo("http://127.0.0.1:" + port + "/");
    String answer = get("/", "Host: localhost:" + port);
    assertThat(answer).startsWith("HTTP/1.1 200").contains("no-store", "frame-ancestors 'none'");
    assertThat(page(answer))
        .contains("<textarea", "type=\"file\"", "1000 B", "'none'".replace("'", "&#39;"));
    HtmlCheck.check(page(answer));
  }

  @Test
  void refusesOtherNamesAndOtherPages() throws IOException {
    for (String host :
        List.of("evil.example:" + port, "127.0.0.1", "127.0.0.1:1", "[::1]:" + port)) {
      assertThat(get("/", "Host: " + host)).as(host).startsWith("HTTP/1.1 403");
    }
    byte[] form = form("log", "", new byte[0]);
    assertThat(post(form, "Origin: http://evil.example")).startsWith("HTTP/1.1 403");
    assertThat(post(form, "Origin: null")).startsWith("HTTP/1.1 403");
    assertThat(post(form, "Sec-Fetch-Site: cross-site")).startsWith("HTTP/1.1 403");
    assertThat(logs).isEmpty();
    assertThat(post(form, "Origin: http://127.0.0.1:" + port)).startsWith("HTTP/1.1 200");
    assertThat(get("/other", "Host: 127.0.0.1:" + port)).startsWith("HTTP/1.1 404");
    assertThat(get("/analyze", "Host: 127.0.0.1:" + port)).startsWith("HTTP/1.1 303");
  }

  @Test
  void readsPastedTextOrElseTheFile() throws IOException {
    outcome = new LogReader.Outcome(PageContent.of(List.of()).noting(List.of("one <note>")), false);
    String answer = post(form("pasted\r\n--Xy\r\nend", "", new byte[0]));
    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(page(answer)).contains("one &lt;note&gt;", "<a href=\"/\">");
    HtmlCheck.check(page(answer));
    post(form("", "C:\\logs\\a.log", bytes("from a file")));
    post(form("both", "b.log", bytes("the file")));
    assertThat(logs).containsExactly("pasted\r\n--Xy\r\nend", "from a file", "the file");
    assertThat(names).containsExactly("", "a.log", "b.log");
    assertThat(files).allSatisfy(file -> assertThat(file).doesNotExist());
  }

  @Test
  void unpacksGzipWithinItsLimit() throws IOException {
    post(form("", "a.gz", gzip("packed".getBytes(StandardCharsets.UTF_8))));
    assertThat(logs).containsExactly("packed");
    byte[] bomb = gzip(new byte[100 * MOST]);
    assertThat(bomb.length).isLessThan(MOST);
    assertThat(post(form("", "bomb.gz", bomb))).startsWith("HTTP/1.1 413");
    assertThat(post(form("", "cut.gz", java.util.Arrays.copyOf(bomb, 20))))
        .startsWith("HTTP/1.1 400");
    assertThat(logs).hasSize(1);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void whatCanNotBeReadIsAnsweredWithAReason() throws IOException {
    assertThat(post(form("", "", new byte[0]))).startsWith("HTTP/1.1 400").contains("no log");
    assertThat(post(form("x".repeat(200 * MOST), "", new byte[0])))
        .startsWith("HTTP/1.1 413")
        .contains("larger than 1000 B");
    assertThat(post(bytes("no form at all"))).startsWith("HTTP/1.1 400");
    outcome = new LogReader.Outcome(PageContent.of(List.of()), true);
    assertThat(post(form("x", "", new byte[0]))).startsWith("HTTP/1.1 422");
    failure = ": is not text <b>";
    String answer = post(form("x", "f.log", bytes("y")));
    assertThat(answer).startsWith("HTTP/1.1 422").contains("f.log: is not text &lt;b&gt;");
    assertThat(answer).doesNotContain(files.get(files.size() - 1).toString());
    HtmlCheck.check(page(answer));
    assertThat(files).allSatisfy(file -> assertThat(file).doesNotExist());
  }

  @Test
  void noFormMakesItThrow() {
    byte[] whole = form("text", "a.log", bytes("file"));
    for (int i = 0; i <= whole.length; i++) {
      byte[] cut = java.util.Arrays.copyOf(whole, i);
      assertThat(Upload.of("multipart/form-data; boundary=XyZ", cut)).isNotNull();
    }
    for (String type :
        new String[] {
          null,
          "",
          "text/plain",
          "multipart/form-data",
          "multipart/form-data; boundary=",
          "multipart/form-data; boundary=" + "x".repeat(71)
        }) {
      assertThat(Upload.of(type, whole)).as(type).isNull();
    }
  }
}
