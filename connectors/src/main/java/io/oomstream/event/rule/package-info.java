/**
 * Live rules as their topic has them. A record's JSON comes in; a checked rule, or the reason why
 * it is invalid, goes out. Read {@link io.oomstream.event.rule.Rule} first.
 */
@NullMarked
package io.oomstream.event.rule;

import org.jspecify.annotations.NullMarked;
