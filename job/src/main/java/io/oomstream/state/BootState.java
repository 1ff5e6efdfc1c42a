package io.oomstream.state;

import io.oomstream.assemble.segment.BootLedger;

/**
 * What is known of a host's boots.
 *
 * @param timer the registered event-time timer that forgets it, milliseconds
 */
public record BootState(BootLedger ledger, long timer) {}
