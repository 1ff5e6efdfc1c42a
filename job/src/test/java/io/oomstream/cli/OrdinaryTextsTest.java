package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.cli.summary.Coverage;
import io.oomstream.cli.text.TextReport;
import io.oomstream.cli.text.TextStyle;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.lab.PlainPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code, mail and the logs of applications give no event, and no all-clear either. */
class OrdinaryTextsTest {

  private static final int FILES = 2_000;
  private static final String[] CODE = {
    "public static void main(String[] args) {",
    "  return x + 1;",
    "}",
    "#include <stdio.h>",
    "for (int i = 0; i < 10; i++) {",
    "def killed(self, process):",
    "    free: int = 12",
    "// Out of memory: give up",
    "if err != nil {",
    "SELECT total, free FROM pages WHERE id = 7;",
    "  mem_limit: 512m",
    "const oom = new Error(\"Out of memory\");",
    "echo \"Killed\"",
    "    - name: memory",
    "\"limit\": 4096,"
  };
  private static final String[] MAIL = {
    "Hello all,",
    "since the update our nodes run out of memory every night.",
    "> Did you look at dmesg? It says page allocation failure.",
    "On Tue, 12 May 2026, Ann wrote:",
    "The OOM killer was invoked, I think, but I have no log.",
    "Subject: Re: Killed process",
    "From: ann@example.org",
    "Best regards",
    "-- ",
    "free memory: 12 GiB, swap: none",
    "We saw \"Out of memory\" in the console of one of them."
  };
  private static final String[] LOG = {
    "2026-05-12 10:00:01,123 INFO  [main] c.e.App - started in 12 s",
    "2026-05-12T10:00:02Z ERROR java.lang.OutOfMemoryError: Java heap space",
    "May 12 10:00:03 web1 nginx[812]: 10.0.0.7 - GET /free 200 12",
    "May 12 10:00:04 web1 sshd[99]: Accepted publickey for root from 10.0.0.7 port 5022 ssh2",
    "E0512 10:00:05.000000       1 server.go:12] memory limit reached",
    "WARN worker killed by signal 9",
    "[2026-05-12 10:00:06] production.ERROR: Allowed memory size exhausted",
    "10.0.0.7 - - [12/May/2026:10:00:07 +0000] \"GET / HTTP/1.1\" 200 512",
    "level=info msg=\"allocation 12 of 40 done\" free=12kB",
    "active_users:12 inactive_users:40 free:7"
  };

  @TempDir private Path folder;

  @Test
  void aChangelogThatQuotesTheKernelGivesNoAllClear() throws Exception {
    Messages words = Messages.in(Language.EN);
    for (String quoted :
        List.of(
            "    kernel: when locking an encrypted volume",
            "- Out of memory: Kill process 11204 score 917 or sacrifice child #123")) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        text.append(i == 100 ? quoted : "  * fixed issue " + i).append('\n');
      }
      Path file = Files.writeString(folder.resolve("NEWS"), text);
      ReadLog.Result read = ReadLog.of(file);
      String said =
          TextReport.render(
              List.of(), words, new Coverage(read.summary(), 0, words), TextStyle.PLAIN);
      assertThat(said).doesNotContain("No OOM kill").contains("none looks like the kernel's");
    }
  }

  @Test
  void giveNoEventAndNoAllClear() throws Exception {
    Messages words = Messages.in(Language.EN);
    Random random = new Random(17);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      String[] kind = i % 3 == 0 ? CODE : i % 3 == 1 ? MAIL : LOG;
      StringBuilder text = new StringBuilder();
      int lines = 1 + random.nextInt(30);
      for (int line = 0; line < lines; line++) {
        String one = kind[random.nextInt(kind.length)];
        String other = random.nextInt(4) == 0 ? kind[random.nextInt(kind.length)] : "";
        text.append(" ".repeat(random.nextInt(3) * 2)).append(one).append(other).append('\n');
      }
      files.add(Files.writeString(folder.resolve("text" + i + ".txt"), text));
    }
    for (Path file : files) {
      ReadLog.Result read = ReadLog.of(file);
      for (PlainPipeline.Result result : read.hosts().values()) {
        assertThat(result.kills()).as("%s", file).isEmpty();
        assertThat(result.signals()).as("%s", file).isEmpty();
      }
      String said =
          TextReport.render(
              List.of(), words, new Coverage(read.summary(), 0, words), TextStyle.PLAIN);
      assertThat(said)
          .as(Files.readString(file))
          .doesNotContain("No OOM kill")
          .contains("none looks like the kernel's");
    }
  }
}
