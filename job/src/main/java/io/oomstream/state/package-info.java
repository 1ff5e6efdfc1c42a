/**
 * Every state of the job; nothing is computed here. Records of other packages come in; descriptors,
 * types and uids go out. Read {@link io.oomstream.state.States} first.
 */
@NullMarked
package io.oomstream.state;

import org.jspecify.annotations.NullMarked;
