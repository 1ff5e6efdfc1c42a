/** Kafka: sources, sinks, CloudEvents headers, dead letters, security settings, a local broker. */
@NullMarked
package io.oomstream.kafka;

import org.jspecify.annotations.NullMarked;
