package io.oomstream.format.line;

import org.jspecify.annotations.Nullable;

/**
 * One record of the kernel's log with the facts of its envelope.
 *
 * @param host from the envelope; absent if it has none
 * @param bootId absent if the envelope has none
 * @param wallTimeUs microseconds since the epoch
 * @param kernelTimeUs microseconds since boot
 * @param sequence the kernel's record number
 * @param facility syslog facility; 0 is the kernel, any other is user space
 * @param level syslog severity, 0 to 7
 * @param caller as printk prints it, {@code T123} or {@code C1}
 * @param fragmentOffset netconsole: begin of this fragment in its record; absent for whole records
 * @param text the message in Latin-1: one char for each byte of the kernel, with inner newlines. A
 *     fragment's text is still escaped
 * @param topic of the record; for a file its path
 * @param offset for a file the line number from 1
 * @param index of the line in its record, from 0
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
   * The key: the host, otherwise the boot id, which is unique to a machine, otherwise the
   * partition. Events of lines without a host have no host name.
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
