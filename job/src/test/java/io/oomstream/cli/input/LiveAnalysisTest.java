package io.oomstream.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.config.JobConfig;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that stays open is answered while it is open. */
@Timeout(60)
class LiveAnalysisTest {

  private static final Path GROUP = Path.of("..", "samples", "oom-group.dmesg");

  /** Within a second of a quiet second, and what a busy machine needs on top. */
  private static final long PATIENCE_S = 8;

  @TempDir private Path folder;

  private final BlockingQueue<FileAnalysis.Result> news = new LinkedBlockingQueue<>();

  private CompletableFuture<FileAnalysis.Result> start(LivePipe pipe) {
    LogFile file = new LogFile(LogFile.STANDARD_INPUT, 1_800_000_000_000L, null, null);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new LiveAnalysis(file, pipe, null, JobConfig.of(Map.of()))
                .run(FileAnalysis.Blocks.UNFINISHED, news::add);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** The next news with a kill. */
  private FileAnalysis.Result next() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (System.nanoTime() < until) {
      FileAnalysis.Result one = news.poll(100, TimeUnit.MILLISECONDS);
      if (one != null && !one.kills().isEmpty()) {
        return one;
      }
    }
    throw new AssertionError("no kill was told within " + PATIENCE_S + " s");
  }

  private static void write(PipedOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String kill(int second, String name) {
    return ("[ %d.000001] Memory cgroup out of memory: Killed process 7 (%s) total-vm:8kB,"
            + " anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0\n")
        .formatted(second, name);
  }

  @Test
  void eachKillIsToldWhileThePipeIsOpen() throws Exception {
    PipedOutputStream out = new PipedOutputStream();
    LivePipe pipe = new LivePipe(new PipedInputStream(out, 1 << 20), false);
    CompletableFuture<FileAnalysis.Result> end = start(pipe);

    write(out, Files.readString(GROUP));
    FileAnalysis.Result first = next();
    assertThat(first.kills()).hasSize(3);

    // A block of which the second half comes a second later is one block.
    write(out, "[ 1000.000000] usb 1-1: new device\n");
    List<String> block = Files.readAllLines(GROUP).stream().map(l -> later(l)).toList();
    write(out, String.join("\n", block.subList(0, block.size() - 60)) + "\n");
    assertThat(news.poll(2, TimeUnit.SECONDS)).isNotNull();
    write(out, String.join("\n", block.subList(block.size() - 60, block.size())) + "\n");
    FileAnalysis.Result second = next();
    assertThat(second.kills()).hasSize(3);

    out.close();
    FileAnalysis.Result rest = end.get(20, TimeUnit.SECONDS);
    assertThat(rest.kills()).isEmpty();
    assertThat(rest.summary().records()).isGreaterThan(900);
  }

  private static String later(String line) {
    return line.replaceFirst("^\\[ *(\\d+)\\.", "[ 1000.");
  }

  @Test
  void aLogThatTricklesIsToldToo() throws Exception {
    PipedOutputStream out = new PipedOutputStream();
    LivePipe pipe = new LivePipe(new PipedInputStream(out, 1 << 20), true);
    CompletableFuture<FileAnalysis.Result> end = start(pipe);
    write(out, "[ 100.000000] usb 1-1: first\n" + kill(101, "web"));
    for (int i = 0; i < 40 && news.stream().allMatch(n -> n.kills().isEmpty()); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      write(out, "[ %d.%d00000] usb 1-1: chatter\n".formatted(102 + i / 10, i % 10));
    }
    FileAnalysis.Result told = next();
    assertThat(told.kills()).hasSize(1);
    out.close();
    assertThat(end.get(20, TimeUnit.SECONDS).kills()).isEmpty();
  }

  @Test
  void aLogThatEndsAtOnceIsReadAsAWhole() throws Exception {
    PipedOutputStream out = new PipedOutputStream();
    LivePipe pipe = new LivePipe(new PipedInputStream(out, 1 << 20), false);
    CompletableFuture<FileAnalysis.Result> end = start(pipe);
    write(out, Files.readString(GROUP));
    out.close();
    assertThat(end.get(20, TimeUnit.SECONDS).kills()).hasSize(3);
    assertThat(news).isEmpty();
  }

  @Test
  void aDocumentOfSeveralLinesIsNotCutByAPause() throws Exception {
    PipedOutputStream out = new PipedOutputStream();
    LivePipe pipe = new LivePipe(new PipedInputStream(out, 1 << 20), true);
    CompletableFuture<FileAnalysis.Result> end = start(pipe);
    String line = kill(101, "web").strip();
    write(out, "[\n {\"host\": \"h\", \"message\":\n");
    TimeUnit.MILLISECONDS.sleep(1_500);
    assertThat(news).isEmpty();
    write(out, "\"kernel: " + line + "\"}\n]\n");
    out.close();
    FileAnalysis.Result all = end.get(20, TimeUnit.SECONDS);
    assertThat(all.kills().size() + news.stream().mapToInt(n -> n.kills().size()).sum())
        .isEqualTo(1);
  }

  @Test
  void aFileThatGrowsAndIsReplacedGoesOn() throws Exception {
    Path log = folder.resolve("kern.log");
    Files.writeString(log, "[ 100.000000] usb 1-1: first\n");
    CompletableFuture<FileAnalysis.Result> end = start(new LivePipe(new GrowingFile(log), true));
    Files.writeString(log, kill(101, "web"), StandardOpenOption.APPEND);
    assertThat(next().kills()).hasSize(1);
    Files.move(log, folder.resolve("kern.log.1"));
    Files.writeString(log, kill(120, "db"));
    FileAnalysis.Result second = next();
    assertThat(second.kills()).hasSize(1);
    assertThat(end).isNotDone();
  }
}
