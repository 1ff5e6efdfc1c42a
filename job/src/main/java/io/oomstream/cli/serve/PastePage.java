package io.oomstream.cli.serve;

import io.oomstream.cli.html.HtmlReport;
import io.oomstream.cli.html.HtmlWriter;
import io.oomstream.cli.html.PageFiles;
import io.oomstream.cli.html.PageWords;
import io.oomstream.diagnosis.context.HumanUnits;
import org.jspecify.annotations.Nullable;

/** The form that takes a log. It works without its script, which only lets one drop a file. */
final class PastePage {

  private static final String SCRIPT = PageFiles.text("serve.js");

  private static final String POLICY = PageFiles.policy(SCRIPT, "form-action 'self'");

  private PastePage() {}

  /**
   * The page.
   *
   * @param error why the last log could not be explained; null at first
   */
  static String render(PageWords words, long most, @Nullable String error) {
    HtmlWriter out = new HtmlWriter();
    HtmlReport.head(out, words, POLICY);
    out.raw("<main id=\"main\"><section class=\"card\">\n<h2>").text(words.text("serve.title"));
    out.raw("</h2>\n").element("p", words.text("serve.about"));
    if (error != null) {
      out.raw("<p class=\"error\" role=\"alert\">").text(error).raw("</p>\n");
    }
    out.raw(
        "<form method=\"post\" action=\"/analyze\" enctype=\"multipart/form-data\">\n<p><label>");
    out.text(words.text("serve.paste"));
    out.raw("<br><textarea name=\"text\" spellcheck=\"false\" autofocus></textarea></label></p>\n");
    out.raw("<p><label>").text(words.text("serve.file", "size", HumanUnits.bytes(most)));
    out.raw(" <input type=\"file\" name=\"file\"></label></p>\n<p><button class=\"go\">");
    out.text(words.text("serve.go")).raw("</button> <span id=\"drop\" hidden>");
    out.text(words.text("serve.drop")).raw("</span></p>\n</form></section></main>\n<script>");
    return out.raw(SCRIPT).raw("</script>\n</body>\n</html>\n").toString();
  }
}
