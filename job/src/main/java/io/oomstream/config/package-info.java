/** The options, their defaults and their help. */
@NullMarked
package io.oomstream.config;

import org.jspecify.annotations.NullMarked;
