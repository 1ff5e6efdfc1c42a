package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The machine.
 *
 * @param name absent where no part of the record names the host
 * @param tainted the kernel's taint flag letters; absent if the kernel is not tainted or did not
 *     say
 */
public record Host(
    @Nullable String name,
    @Nullable String bootId,
    @Nullable String kernelRelease,
    @Nullable String hardware,
    @Nullable String tainted,
    @Nullable Long pageSizeBytes) {}
