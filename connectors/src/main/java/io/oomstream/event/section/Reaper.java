package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The result of the kernel's oom_reaper thread for the victim.
 *
 * @param reaped false: it was unable to
 */
public record Reaper(
    boolean reaped,
    @Nullable Long anonRssBytesLeft,
    @Nullable Long fileRssBytesLeft,
    @Nullable Long shmemRssBytesLeft) {}
