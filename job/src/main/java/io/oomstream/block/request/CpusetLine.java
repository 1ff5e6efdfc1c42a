package io.oomstream.block.request;

import io.oomstream.block.text.Latin1;
import io.oomstream.block.text.NodeList;
import org.jspecify.annotations.Nullable;

/**
 * {@code java cpuset=/ mems_allowed=0}, a line of its own up to 4.20 ({@code kernel/cpuset.c:
 * cpuset_print_current_mems_allowed}).
 *
 * @param cpuset its last path component, as the kernel prints it
 */
public record CpusetLine(String cpuset, @Nullable String memsAllowed) {

  /**
   * Reads the line.
   *
   * @param comm the name it begins with, if another line has it: only that shows where the name
   *     ends if both contain the line's own words
   */
  public static @Nullable CpusetLine parse(String text, @Nullable String comm) {
    int mems = text.lastIndexOf(" mems_allowed=");
    boolean known = comm != null && text.startsWith(comm + " cpuset=");
    int at = known && comm != null ? comm.length() : text.lastIndexOf(" cpuset=", mems);
    if (mems < 0 || at < 0 || mems < at + 8) {
      return null;
    }
    return new CpusetLine(
        Latin1.decode(text.substring(at + 8, mems)), NodeList.orNull(text.substring(mems + 14)));
  }
}
