/** The demonstration: a fleet's logs through a real broker. */
@NullMarked
package io.oomstream.cli.demo;

import org.jspecify.annotations.NullMarked;
