/**
 * The words that the kernel's lines use, for the page, the documentation and the command line. A
 * word comes in; its explanation and its source go out. Read {@link
 * io.oomstream.cli.glossary.Glossary} first.
 */
@NullMarked
package io.oomstream.cli.glossary;

import org.jspecify.annotations.NullMarked;
