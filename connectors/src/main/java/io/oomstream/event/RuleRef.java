package io.oomstream.event;

/** A live rule in the version that was applied. */
public record RuleRef(String id, long version) {}
