package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.cli.html.HtmlCheck;
import io.oomstream.cli.html.HtmlReport;
import io.oomstream.cli.html.PageWords;
import io.oomstream.cli.serve.LogReader;
import io.oomstream.config.JobConfig;
import io.oomstream.diagnosis.context.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {

  @TempDir private Path folder;

  @Test
  void explainsALogByTheNameThatItsReaderKnows() throws Exception {
    Path log = folder.resolve("hidden.log");
    Files.copy(Path.of("..", "samples", "seed.dmesg"), log);
    JobConfig config = JobConfig.of(Map.of());
    LogReader.Outcome outcome = ServeCommand.read(log, "my <log>.txt", config);
    assertThat(outcome.unusable()).isFalse();
    assertThat(outcome.content().notes())
        .containsExactly("my <log>.txt:1: belongs to no block in this log");
    String page = HtmlReport.render(outcome.content(), PageWords.in(Language.EN), "/");
    HtmlCheck.check(page);
    assertThat(page)
        .contains("Page tables filled the memory", "my &lt;log&gt;.txt:2-62")
        .contains("TOO LITTLE (lowmem reserve)")
        .contains("<a href=\"#k1-l22\">line 22</a>")
        .doesNotContain(folder.toString());
  }

  @Test
  void refusesPortsAndSizesThatDoNotExist() {
    assertThat(OomstreamCommand.execute("serve", "--port", "65536")).isEqualTo(2);
    assertThat(OomstreamCommand.execute("serve", "--port", "-1")).isEqualTo(2);
    assertThat(OomstreamCommand.execute("serve", "--max-size", "0")).isEqualTo(2);
    assertThat(OomstreamCommand.execute("serve", "--max-size", "2048")).isEqualTo(2);
  }
}
