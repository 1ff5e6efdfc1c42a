package io.oomstream.shippers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A host of its own for a real daemon: a directory that the daemon takes for the whole file system,
 * with Debian's unpacked packages, a name, a {@code /dev/kmsg} and a {@code /proc/kmsg} that a test
 * writes. Nothing of it is seen outside.
 */
final class ShipperHost implements AutoCloseable {

  static final String NAME = "lab1";
  static final String MACHINE = "0123456789abcdef0123456789abcdef";
  static final String JOURNAL = "/var/log/journal/" + MACHINE;

  /** A daemon that a test forgot, or whose Java died, ends by itself. */
  private static final String LONGEST_SECONDS = "60";

  private static final Path PACKAGES = packages();

  /** Runs in mounts and a host name that only the command sees. */
  private static final String ENTER =
      """
      packages=$1; cd "$2"; shift 2
      hostname %s
      for d in usr bin lib lib64; do
        if [ -d "$packages/$d" ]; then mount --bind "$packages/$d" "$d"; fi
      done
      for d in null zero random urandom; do mount --bind "/dev/$d" "dev/$d"; done
      mount --bind /proc proc
      mount --bind dev/prockmsg proc/kmsg
      exec chroot . "$@"
      """
          .formatted(NAME);

  /** One write, one record: a pipe in packet mode hands them over as {@code /dev/kmsg} does. */
  private static final String FEED =
      """
      use Fcntl; my ($pipe, $file) = @ARGV;
      open(my $to, '+<', $pipe) or die; open(my $from, '<', $file) or die;
      fcntl($to, F_SETFL, fcntl($to, F_GETFL, 0) | 040000) or die;
      while (<$from>) { syswrite($to, $_) == length or die; }
      sleep 60;
      """;

  private final Path dir;
  private final List<Process> processes = new ArrayList<>();

  ShipperHost(Path dir) {
    this.dir = dir;
    try {
      for (String path :
          List.of(
              "usr",
              "bin",
              "lib",
              "lib64",
              "proc",
              "run",
              "tmp",
              "dev",
              "etc/rsyslog.d",
              "etc/syslog-ng/conf.d",
              "var/spool/rsyslog",
              "var/lib/syslog-ng",
              JOURNAL.substring(1))) {
        Files.createDirectories(dir.resolve(path));
      }
      for (String device : List.of("null", "zero", "random", "urandom")) {
        Files.createFile(dir.resolve("dev/" + device));
      }
      write("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
      write("/etc/group", "root:x:0:\nadm:x:4:\n");
      write("/etc/hosts", "127.0.0.1 localhost\n");
      write("/etc/machine-id", MACHINE + "\n");
      run("mkfifo", "-m", "600", dir.resolve("dev/kmsg").toString());
      run("mkfifo", "-m", "600", dir.resolve("dev/prockmsg").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test where the daemons are not at hand. */
  static void assumePossible() {
    assumeTrue(
        Files.isDirectory(PACKAGES.resolve("usr")),
        "no rsyslog, syslog-ng and journal in " + PACKAGES + ": .ci/shippers unpacks them");
    assumeTrue(
        enters(), "no file system and host name of its own for a process: needs root and Linux");
  }

  /** A file of the packages, as they ship it. */
  static String shipped(String path) {
    return read(PACKAGES.resolve(path.substring(1)));
  }

  void write(String path, String text) {
    write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  void write(String path, byte[] bytes) {
    try {
      Files.write(dir.resolve(path.substring(1)), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a daemon; {@link #said} has what it says. */
  void start(String... command) {
    processes.add(launch("said", command));
  }

  /** Runs a command to its end; its output. */
  byte[] output(String... command) {
    try {
      Process process = launch("output", command);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + read(file("output")));
      }
      return Files.readAllBytes(file("output"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The host's journal, of what journald would have stored. */
  void journal(byte[] export) {
    write("/tmp/journal.export", export);
    String remote =
        Files.exists(PACKAGES.resolve("lib/systemd/systemd-journal-remote"))
            ? "/lib/systemd/systemd-journal-remote"
            : "/usr/lib/systemd/systemd-journal-remote";
    output(remote, "-o", JOURNAL + "/system.journal", "/tmp/journal.export");
  }

  /** Hands the lines to who reads the device, one at a time. */
  void feed(String device, byte[] lines) {
    write("/tmp/fed", lines);
    try {
      processes.add(
          new ProcessBuilder(
                  "perl", "-e", FEED, dir.resolve("dev/" + device).toString(), file("fed") + "")
              .redirectErrorStream(true)
              .redirectOutput(file("feed").toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the daemon said. */
  String said() {
    return read(file("said"));
  }

  /** Whether all that was started still runs. */
  boolean isUp() {
    return processes.stream().allMatch(Process::isAlive);
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch(String output, String... command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "timeout",
                "-k",
                "5",
                LONGEST_SECONDS,
                "unshare",
                "-m",
                "-u",
                "bash",
                "-ec",
                ENTER,
                "enter",
                PACKAGES.toString(),
                dir.toString()));
    all.addAll(List.of(command));
    try {
      return new ProcessBuilder(all)
          .redirectErrorStream(true)
          .redirectOutput(file(output).toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return dir.resolve("tmp/" + name);
  }

  private static Path packages() {
    String named = System.getProperty("oomstream.shippers");
    if (named != null) {
      return Path.of(named);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("oomstream/shippers");
  }

  private static boolean enters() {
    try {
      run("unshare", "-m", "-u", "sh", "-c", "hostname " + NAME + " && perl -e 1");
      return true;
    } catch (IOException | AssertionError e) {
      return false;
    }
  }

  private static void run(String... command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
