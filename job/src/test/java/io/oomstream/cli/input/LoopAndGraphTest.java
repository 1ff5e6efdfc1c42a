package io.oomstream.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.config.JobConfig;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.SignalKind;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.GraphInOneThread;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The plain loop and the graph give the same: of every fixture and every log of the lab, each by
 * itself a host, the same events to the byte and the same dead letters.
 */
class LoopAndGraphTest {

  /** So small that episodes, trends and the fleet's counts occur among the fixtures. */
  private static final Map<String, String> EAGER =
      Map.of(
          "detect.storm.kills", "2",
          "detect.crash-loop.kills", "2",
          "detect.burst.failures", "2",
          "detect.fleet.hosts", "2",
          "detect.fleet.shares", "3");

  @TempDir private Path folder;

  @Test
  void ofEveryFixture() throws Exception {
    List<LogFile> files = new ArrayList<>();
    try (Stream<Path> reports = Files.list(Path.of("src/test/resources/reports"))) {
      for (Path report : reports.filter(p -> !p.toString().endsWith(".json")).sorted().toList()) {
        files.add(log(report));
      }
    }
    try (Stream<Path> samples = Files.list(Path.of("../samples"))) {
      for (Path sample : samples.sorted().toList()) {
        files.add(log(sample));
      }
    }

    JobConfig config = JobConfig.defaults();
    FileAnalysis.Result defaults = assertEqual(files, config, FlinkAnalysis.run(files, config));
    FileAnalysis.Result eager = assertEqual(files, EAGER);

    assertThat(defaults.kills()).hasSizeGreaterThan(50);
    assertThat(defaults.deadLetters()).isNotEmpty();
    assertThat(subjects(eager))
        .contains(
            SignalKind.OOM_STORM.name(),
            SignalKind.OOM_CRASH_LOOP.name(),
            SignalKind.FLEET_OOM.name());
  }

  static List<String> kernels() {
    return LabLogs.KERNELS;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void ofTheLab(String kernel) throws Exception {
    List<LogFile> files = new ArrayList<>();
    for (LabLogs.LabLog log : LabLogs.of(kernel)) {
      Path file = folder.resolve(log.scenario() + "-" + log.form());
      Files.write(file, log.bytes());
      files.add(log(file));
    }

    assertThat(assertEqual(files, EAGER).kills()).isNotEmpty();
  }

  private static LogFile log(Path file) throws UnusableInput {
    return LogFile.of(file.toString(), 0, Envelope.AUTO);
  }

  private static FileAnalysis.Result assertEqual(List<LogFile> files, Map<String, String> options)
      throws Exception {
    JobConfig config = JobConfig.of(options);
    return assertEqual(files, config, inOneThread(files, config));
  }

  private static FileAnalysis.Result assertEqual(
      List<LogFile> files, JobConfig config, FileAnalysis.Result graph) throws Exception {
    FileAnalysis.Result loop = FileAnalysis.run(files, null, config, FileAnalysis.Blocks.ALL);
    assertSame(letters(loop), letters(graph));
    assertSame(events(loop), events(graph));
    Stream.of(loop.kills(), loop.signals(), loop.blocks())
        .flatMap(List::stream)
        .forEach(SchemaAssert::assertValid);
    return loop;
  }

  /** The graph's functions, with event time once for every second of the records. */
  private static FileAnalysis.Result inOneThread(List<LogFile> files, JobConfig config)
      throws Exception {
    try (GraphInOneThread graph = new GraphInOneThread(config)) {
      MergedLogs records = new MergedLogs(files, null, config);
      long last = Long.MIN_VALUE;
      while (records.hasNext()) {
        RawRecord record = records.next();
        graph.read(record);
        long second = Math.floorDiv(record.timestamp(), 1000L) * 1000L;
        if (second > last) {
          last = second;
          graph.watermark(second - 1);
        }
      }
      graph.watermark(Long.MAX_VALUE);
      return new FileAnalysis.Result(
          graph.kills(),
          graph.signals(),
          graph.blocks(),
          graph.deadLetters(),
          records.summary(),
          records.refused());
    }
  }

  /** Says the first that only one of them has: a list of all is not readable. */
  private static void assertSame(List<String> loop, List<String> graph) {
    assertThat(firstOnlyIn(loop, graph)).as("only of the loop").isEmpty();
    assertThat(firstOnlyIn(graph, loop)).as("only of the graph").isEmpty();
    assertThat(loop).hasSameSizeAs(graph);
  }

  private static List<String> firstOnlyIn(List<String> some, List<String> others) {
    Set<String> known = new HashSet<>(others);
    return some.stream().filter(text -> !known.contains(text)).limit(1).toList();
  }

  private static List<String> events(FileAnalysis.Result result) {
    return Stream.of(result.kills(), result.signals(), result.blocks())
        .flatMap(List::stream)
        .map(LoopAndGraphTest::text)
        .sorted()
        .toList();
  }

  private static String text(OutgoingEvent event) {
    return String.join(
        " ",
        event.type().name(),
        event.id(),
        event.key(),
        event.source(),
        event.subject(),
        String.valueOf(event.time()),
        new String(event.data(), StandardCharsets.UTF_8));
  }

  private static List<String> letters(FileAnalysis.Result result) {
    return result.deadLetters().stream().map(LoopAndGraphTest::text).sorted().toList();
  }

  private static String text(DeadLetter letter) {
    return String.join(
        " ",
        letter.reason().name(),
        letter.detail(),
        letter.envelope(),
        letter.host(),
        letter.topic(),
        String.valueOf(letter.offset()),
        String.valueOf(letter.timestamp()),
        Base64.getEncoder().encodeToString(letter.value()));
  }

  private static List<String> subjects(FileAnalysis.Result result) {
    return result.signals().stream().map(OutgoingEvent::subject).distinct().toList();
  }
}
