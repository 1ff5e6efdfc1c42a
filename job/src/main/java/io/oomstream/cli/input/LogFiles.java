package io.oomstream.cli.input;

import io.oomstream.format.line.Envelope;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The logs that the given paths stand for: files, what lies in directories, what is packed into
 * archives. What can't be read is a warning, and keeps nothing else from being read.
 *
 * @param logs in the order of the paths
 * @param copies of files of {@code /proc} that lie in directories and archives
 * @param refused why, for each path that gave none
 * @param passedOver files of directories and archives that are no text
 */
public record LogFiles(
    List<LogFile> logs, List<LogFile> copies, List<String> refused, List<String> passedOver) {

  public static LogFiles of(List<String> paths, long now, Envelope pinned) {
    LogFiles files =
        new LogFiles(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Set<String> seen = new LinkedHashSet<>(paths);
    for (String path : seen) {
      files.add(path, now, pinned);
    }
    return files;
  }

  /** What there is to read, as it is stored; 0 if a log is standard input. */
  public long bytes() {
    long bytes = 0;
    for (LogFile log : logs) {
      if (log.file() == null) {
        return 0;
      }
      try {
        bytes += Files.size(Path.of(log.file()));
      } catch (IOException e) {
        return 0; // the analysis itself says so
      }
    }
    return bytes;
  }

  private void add(String path, long now, Envelope pinned) {
    try {
      if (!path.equals(LogFile.STANDARD_INPUT) && Files.isDirectory(Path.of(path))) {
        directory(path, now, pinned);
      } else if (!archive(path, pinned)) {
        logs.add(LogFile.of(path, now, pinned));
      }
    } catch (UnusableInput e) {
      refused.add(e.getMessage());
    } catch (IOException e) {
      refused.add(path + ": cannot be read: " + e.getMessage());
    }
  }

  private void directory(String path, long now, Envelope pinned) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(Path.of(path))) {
      inside = walk.filter(Files::isRegularFile).sorted().toList();
    }
    int before = logs.size() + copies.size();
    for (Path file : inside) {
      try {
        if (ProcFiles.isOne(file.toString())) {
          copies.add(LogFile.ofCopy(file.toString()));
        } else if (!archive(file.toString(), pinned)) {
          logs.add(LogFile.of(file.toString(), now, pinned));
        }
      } catch (UnusableInput | IOException e) {
        if (Files.isReadable(file)) {
          passedOver.add(String.valueOf(e.getMessage()));
        } else {
          refused.add(String.valueOf(e.getMessage()));
        }
      }
    }
    if (logs.size() + copies.size() == before) {
      refused.add(path + ": is a directory without a log that can be read");
    }
  }

  /** Whether the file is an archive, whose logs are added. */
  private boolean archive(String path, Envelope pinned) throws IOException {
    if (path.equals(LogFile.STANDARD_INPUT) || !Files.isReadable(Path.of(path))) {
      return false;
    }
    long modified = Files.getLastModifiedTime(Path.of(path)).toMillis();
    LogArchive.Members members;
    try (BufferedInputStream in = new LogFile(path, modified, path, null).open()) {
      if (!Packing.isTar(in) && !Packing.isZip(in)) {
        return false;
      }
      members = LogArchive.members(path, in, modified);
    }
    copies.addAll(members.copies());
    int before = logs.size();
    for (LogFile member : members.logs()) {
      try {
        member.check(pinned);
        logs.add(member);
      } catch (UnusableInput | IOException e) {
        passedOver.add(String.valueOf(e.getMessage()));
      }
    }
    if (logs.size() == before && members.copies().isEmpty()) {
      refused.add(path + ": is an archive without a log that can be read");
    }
    return true;
  }
}
