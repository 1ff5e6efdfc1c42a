package io.oomstream.cli.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;

/** The page's own script and looks, and the policy that lets nothing else run or load. */
public final class PageFiles {

  public static final String STYLE = text("page.css");
  public static final String SCRIPT = text("page.js");

  /** Content-Security-Policy of the report. */
  public static final String POLICY = policy(SCRIPT, "form-action 'none'");

  private PageFiles() {}

  /**
   * A policy that allows this script and the page's style, and nothing from anywhere.
   *
   * @param more further directives
   */
  public static String policy(String script, String more) {
    return "default-src 'none'; base-uri 'none'; script-src '"
        + hash(script)
        + "'; style-src '"
        + hash(STYLE)
        + "'; "
        + more;
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file of {@code resources/page}. */
  public static String text(String name) {
    String path = "/page/" + name;
    try (InputStream in = PageFiles.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  static Properties properties(String name) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
    return properties;
  }
}
