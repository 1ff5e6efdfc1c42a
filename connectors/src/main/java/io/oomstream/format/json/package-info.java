/**
 * Envelopes that are JSON: the journal and what shippers write. One JSON object comes in; its line
 * goes out, without building a tree. Read {@link io.oomstream.format.json.JsonScanner} first.
 */
@NullMarked
package io.oomstream.format.json;

import org.jspecify.annotations.NullMarked;
