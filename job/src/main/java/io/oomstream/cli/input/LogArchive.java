package io.oomstream.cli.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * A tar or zip of logs, or a sosreport: its logs as files of their own, in a folder that goes with
 * the process. Of a sosreport only what may hold the kernel's lines is taken, its copies of {@code
 * /proc}, and its host's name.
 */
public final class LogArchive {

  /** What is in a sosreport and in no other tar. */
  private static final Pattern SOS = Pattern.compile("(?:.*/)?(?:sos_commands|sos_reports)/.*");

  /** Of a sosreport: kernel logs as files, and what was asked of dmesg and the journal. */
  private static final Pattern KERNEL_LOG =
      Pattern.compile(
          "(?:.*/)?(?:var/log/(?:messages|kern|syslog|dmesg)[^/]*"
              + "|sos_commands/[^/]+/(?:dmesg|journalctl)[^/]*)");

  /** Of a sosreport: the copies of {@code /proc} that tell of memory. */
  private static final Pattern PROC =
      Pattern.compile(
          "(?:.*/)?proc/(?:meminfo|slabinfo|zoneinfo|buddyinfo|vmstat|pressure/memory)");

  private static final Pattern HOSTNAME =
      Pattern.compile("(?:[^/]*/)?(?:hostname|etc/hostname|sos_commands/host/hostname)");

  private static final int MOST_MEMBERS = 5_000;
  private static final long MOST_BYTES = 16L << 30;

  private LogArchive() {}

  /**
   * What an archive holds, in its order.
   *
   * @param copies of files of {@code /proc}
   */
  public record Members(List<LogFile> logs, List<LogFile> copies) {}

  public static Members members(String path, BufferedInputStream in, long referenceMs)
      throws IOException {
    Path folder = Files.createTempDirectory("oomstream-");
    folder.toFile().deleteOnExit();
    List<LogFile> logs = new ArrayList<>();
    List<LogFile> kernel = new ArrayList<>();
    List<LogFile> copies = new ArrayList<>();
    List<LogFile> proc = new ArrayList<>();
    String host = null;
    boolean sos = false;
    long left = MOST_BYTES;
    boolean zip = Packing.isZip(in);
    try (ArchiveInputStream<? extends ArchiveEntry> tar =
        zip ? new ZipArchiveInputStream(in) : new TarArchiveInputStream(in)) {
      for (ArchiveEntry entry = tar.getNextEntry();
          entry != null && logs.size() + copies.size() < MOST_MEMBERS && left > 0;
          entry = tar.getNextEntry()) {
        String name = entry.getName();
        sos |= SOS.matcher(name).matches();
        boolean file = entry instanceof TarArchiveEntry one ? one.isFile() : !entry.isDirectory();
        if (!file || entry.getSize() == 0) {
          continue;
        }
        if (HOSTNAME.matcher(name).matches()) {
          String named = new String(tar.readNBytes(256), StandardCharsets.UTF_8).strip();
          host = host == null && !named.isEmpty() ? named : host;
          continue;
        }
        Path copy = folder.resolve(logs.size() + copies.size() + ".log");
        left -= copy(tar, copy, left);
        copy.toFile().deleteOnExit();
        long time = entry.getLastModifiedDate().getTime();
        LogFile log =
            new LogFile(path + ":" + name, time > 0 ? time : referenceMs, copy.toString(), null);
        if (ProcFiles.isOne(log)) {
          copies.add(log);
          if (PROC.matcher(name).matches()) {
            proc.add(log);
          }
          continue;
        }
        logs.add(log);
        if (KERNEL_LOG.matcher(name).matches()) {
          kernel.add(log);
        }
      }
    }
    String named = host;
    return new Members(
        (sos ? kernel : logs).stream().map(log -> log.of(named)).toList(),
        (sos ? proc : copies).stream().map(log -> log.of(named)).toList());
  }

  private static long copy(InputStream tar, Path copy, long most) throws IOException {
    try (OutputStream out = Files.newOutputStream(copy)) {
      byte[] buffer = new byte[1 << 16];
      long copied = 0;
      for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
        out.write(buffer, 0, count);
        copied += count;
        if (copied > most) {
          throw new IOException("the archive is too large");
        }
      }
      return copied;
    }
  }
}
