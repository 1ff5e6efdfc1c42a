/**
 * From a record's bytes to kernel log lines. One Kafka record in any envelope comes in; its lines
 * go out, or the reason why it cannot be decoded. Read {@link io.oomstream.format.EnvelopeDecoder}
 * first.
 */
@NullMarked
package io.oomstream.format;

import org.jspecify.annotations.NullMarked;
