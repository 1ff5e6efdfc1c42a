package io.oomstream.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The processes of a rehearsal: none outlives it. */
final class Children implements AutoCloseable {
  private final Path logs;
  private final List<Process> started = new ArrayList<>();

  Children(Path logs) {
    this.logs = logs;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** A Java process that writes what it says to {@code NAME.log}. */
  Process java(String name, List<String> arguments, Map<String, String> environment)
      throws IOException {
    return start(builder(name, arguments, environment).redirectOutput(log(name)));
  }

  /** A process and the first line that it wrote on standard output. */
  record Spoken(Process process, String line) {}

  /** The same, whose first line on standard output is awaited and returned. */
  String firstLine(String name, List<String> arguments) throws IOException {
    return spoken(name, arguments).line();
  }

  Spoken spoken(String name, List<String> arguments) throws IOException {
    Process process = start(builder(name, arguments, Map.of()));
    BufferedReader reader =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = reader.readLine();
    if (line == null) {
      throw new IOException(name + " ended without a word, see " + log(name).file());
    }
    return new Spoken(process, line);
  }

  /** As SIGKILL, the kernel's own, would do it; returns when it is gone. */
  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
    }
  }

  /** Sends a signal: {@code STOP}, {@code CONT}. */
  static void signal(Process process, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
  }

  private ProcessBuilder builder(
      String name, List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log(name + "-err"));
    builder.environment().putAll(environment);
    return builder;
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private ProcessBuilder.Redirect log(String name) {
    return ProcessBuilder.Redirect.appendTo(logs.resolve(name + ".log").toFile());
  }
}
