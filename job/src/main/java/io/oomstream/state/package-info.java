/**
 * Every state of the job: descriptors, types and uids. Nothing is computed here. Read {@link
 * io.oomstream.state.States} first.
 */
@NullMarked
package io.oomstream.state;

import org.jspecify.annotations.NullMarked;
