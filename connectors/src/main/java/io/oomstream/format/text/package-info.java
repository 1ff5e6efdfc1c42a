/**
 * Envelopes that are text: kmsg, dmesg, syslog, container runtimes. One line of text comes in;
 * host, time, facility and the kernel's own text go out. Read {@link
 * io.oomstream.format.text.TextRecord} first.
 */
@NullMarked
package io.oomstream.format.text;

import org.jspecify.annotations.NullMarked;
