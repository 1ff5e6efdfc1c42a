/**
 * Many reports: growth over a window, storms, crash loops. Plain arithmetic, time is a parameter.
 */
@NullMarked
package io.oomstream.anomaly;

import org.jspecify.annotations.NullMarked;
