package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of {@code docs}, or the part of one between two marks, that a test makes from the code. It
 * is a {@link GoldenFile}.
 */
public record DocPage(Path file) {

  /** The root of the source tree, as seen from the module whose tests run. */
  public static final Path ROOT = Path.of("..");

  /** A page by its path from the root. */
  public static DocPage of(String path) {
    return new DocPage(ROOT.resolve(path));
  }

  /** The whole page is this text. */
  public void mustBe(String fresh) throws IOException {
    new GoldenFile(file).mustBe(fresh);
  }

  /** What stands between {@code <!-- NAME: made by … -->} and {@code <!-- end of NAME -->}. */
  public void mustHold(String name, String fresh) throws IOException {
    String page = Files.readString(file);
    int mark = page.indexOf("<!-- " + name + ": ");
    assertThat(mark).as("%s has the mark of %s", file, name).isNotNegative();
    int begin = page.indexOf('\n', mark) + 1;
    int end = page.indexOf("<!-- end of " + name + " -->");
    assertThat(end).as("%s has the end mark of %s", file, name).isGreaterThanOrEqualTo(begin);
    mustBe(page.substring(0, begin) + fresh + page.substring(end));
  }
}
