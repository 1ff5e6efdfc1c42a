/**
 * One machine's memory over time, from its reports and its snapshots: what grows, until when it
 * can, and whether all kills were seen. Plain arithmetic, time is a parameter.
 */
@NullMarked
package io.oomstream.trend;

import org.jspecify.annotations.NullMarked;
