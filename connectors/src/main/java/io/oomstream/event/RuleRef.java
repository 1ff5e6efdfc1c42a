package io.oomstream.event;

/** A live rule, as it was when it was applied. */
public record RuleRef(String id, long version) {}
