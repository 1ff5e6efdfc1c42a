/**
 * OpenTelemetry's log records, as JSON and as protobuf. An export request comes in; the lines of
 * its records go out. Read {@link io.oomstream.format.otlp.OtlpLine} first.
 */
@NullMarked
package io.oomstream.format.otlp;

import org.jspecify.annotations.NullMarked;
