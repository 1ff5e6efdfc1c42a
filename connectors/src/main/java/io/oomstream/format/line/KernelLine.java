package io.oomstream.format.line;

import org.jspecify.annotations.Nullable;

/**
 * One record of the kernel's log, as far as its envelope tells.
 *
 * @param host the name the envelope gives; absent if it gives none
 * @param bootId absent if the envelope has none
 * @param wallTimeUs microseconds since the epoch
 * @param kernelTimeUs microseconds since boot
 * @param sequence the kernel's record number
 * @param facility syslog facility; 0 is the kernel, any other is user space
 * @param level syslog severity, 0 to 7
 * @param caller as printk gives it, {@code T123} or {@code C1}
 * @param fragmentOffset netconsole: where this piece of a record begins; absent for whole records
 * @param text the message in Latin-1: one char for one byte that the kernel wrote, inner newlines
 *     kept. A fragment's text is still escaped
 * @param topic where it came from; for a file its path
 * @param offset for a file the line number from 1
 * @param index the place of the line in its record, from 0
 * @param timestamp the record's time, milliseconds since the epoch
 */
public record KernelLine(
    @Nullable String host,
    @Nullable String bootId,
    @Nullable Long wallTimeUs,
    @Nullable Long kernelTimeUs,
    @Nullable Long sequence,
    @Nullable Integer facility,
    @Nullable Integer level,
    @Nullable String caller,
    @Nullable Integer fragmentOffset,
    String text,
    String topic,
    int partition,
    long offset,
    int index,
    long timestamp) {

  /**
   * The name to key by: the host, else the boot, which no two machines share, else the partition it
   * came from, so that machines are never mixed in silence: an event without a host name says that
   * its host is not known.
   */
  public String key() {
    if (host != null) {
      return host;
    }
    return "unidentified:" + (bootId != null ? "boot/" + bootId : topic + "/" + partition);
  }

  public KernelLine withText(String newText) {
    return new KernelLine(
        host,
        bootId,
        wallTimeUs,
        kernelTimeUs,
        sequence,
        facility,
        level,
        caller,
        null,
        newText,
        topic,
        partition,
        offset,
        index,
        timestamp);
  }
}
