/**
 * The only packages that know Kafka; here what sources and sinks share, and the sinks. Settings
 * come in; sinks, checked clients and checks of topics go out. Read {@link
 * io.oomstream.kafka.KafkaSettings} first.
 */
@NullMarked
package io.oomstream.kafka;

import org.jspecify.annotations.NullMarked;
