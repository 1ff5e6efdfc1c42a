/** State descriptors, type information and operator uids: what a savepoint is made of. */
@NullMarked
package io.oomstream.state;

import org.jspecify.annotations.NullMarked;
