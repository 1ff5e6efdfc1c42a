package io.oomstream.workload;

import org.jspecify.annotations.Nullable;

/**
 * A change of what is known under one key.
 *
 * @param key a container's id, or {@link Word#POD} and a pod's uid
 * @param subject of the word
 * @param word null to forget what was said of the subject
 */
public record BookChange(String key, String subject, @Nullable Word word) {}
