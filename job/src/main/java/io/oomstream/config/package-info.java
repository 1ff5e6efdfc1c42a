/**
 * The job's options. A configuration comes in; checked settings for every stage go out, or one line
 * that says what is wrong. Read {@link io.oomstream.config.OomOptions} first.
 */
@NullMarked
package io.oomstream.config;

import org.jspecify.annotations.NullMarked;
