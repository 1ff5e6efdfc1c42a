/**
 * Exports of log stores, as CSV and JSON. A document comes in; host, time and text of each row go
 * out, or a sentence on how to go on. Read {@link io.oomstream.cli.input.store.StoreDocument}
 * first.
 */
@NullMarked
package io.oomstream.cli.input.store;

import org.jspecify.annotations.NullMarked;
