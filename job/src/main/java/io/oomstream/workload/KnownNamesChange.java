package io.oomstream.workload;

import org.jspecify.annotations.Nullable;

/**
 * A change of what is known under one key.
 *
 * @param key a container's id, or {@link CatalogueEntry#POD} and a pod's uid
 * @param subject of the entry
 * @param entry null to forget what was said of the subject
 */
public record KnownNamesChange(String key, String subject, @Nullable CatalogueEntry entry) {}
