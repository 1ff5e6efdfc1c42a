/**
 * Live rules that change limits and mute signals. Changes of rules come in; the limits for a kind,
 * host and time go out. Read {@link io.oomstream.rule.RuleBook} first.
 */
@NullMarked
package io.oomstream.rule;

import org.jspecify.annotations.NullMarked;
