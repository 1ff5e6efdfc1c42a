package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The killed process. Figures are from the kill line; the task table fills in missing ones.
 *
 * @param comm the name as the kernel printed it, decoded as UTF-8; bytes that are not UTF-8 appear
 *     as U+FFFD
 * @param commHex the name's bytes in hexadecimal; present only if {@code comm} can't represent them
 */
public record Victim(
    @Nullable Long pid,
    @Nullable String comm,
    @Nullable String commHex,
    @Nullable Long uid,
    @Nullable Integer oomScoreAdj,
    @Nullable Long totalVmBytes,
    @Nullable Long anonRssBytes,
    @Nullable Long fileRssBytes,
    @Nullable Long shmemRssBytes,
    @Nullable Long rssBytes,
    @Nullable Long pageTableBytes,
    @Nullable Long swapBytes,
    @Nullable Badness badness) {}
