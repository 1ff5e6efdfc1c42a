/**
 * The words that the kernel's reports use, each explained with its source: for the page, the
 * documentation and the command line. Read {@link io.oomstream.cli.glossary.Glossary} first.
 */
@NullMarked
package io.oomstream.cli.glossary;

import org.jspecify.annotations.NullMarked;
