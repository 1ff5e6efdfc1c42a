package io.oomstream.block;

import org.jspecify.annotations.Nullable;

/**
 * {@code java cpuset=/ mems_allowed=0}, a line of its own up to 4.20 ({@code kernel/cpuset.c:
 * cpuset_print_current_mems_allowed}).
 *
 * @param cpuset its last path component, as the kernel prints it
 */
record CpusetLine(String cpuset, @Nullable String memsAllowed) {

  static @Nullable CpusetLine parse(String text) {
    int mems = text.lastIndexOf(" mems_allowed=");
    int at = mems < 0 ? -1 : text.lastIndexOf(" cpuset=", mems);
    if (at < 0) {
      return null;
    }
    return new CpusetLine(
        Latin1.decode(text.substring(at + 8, mems)), NodeList.orNull(text.substring(mems + 14)));
  }
}
