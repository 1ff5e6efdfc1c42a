/**
 * Live rules as their topic holds them. A record's JSON comes in; a checked rule, or the reason why
 * it is none, goes out. Read {@link io.oomstream.event.rule.RuleJson} first.
 */
@NullMarked
package io.oomstream.event.rule;

import org.jspecify.annotations.NullMarked;
