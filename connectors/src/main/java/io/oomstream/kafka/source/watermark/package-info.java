/**
 * Event time of the topics' partitions. Times of records and what Kafka says about the ends of
 * partitions come in; watermarks, and which partitions are idle, go out. Read {@link
 * io.oomstream.kafka.source.watermark.ClockCheckedWatermarks} first.
 */
@NullMarked
package io.oomstream.kafka.source.watermark;

import org.jspecify.annotations.NullMarked;
