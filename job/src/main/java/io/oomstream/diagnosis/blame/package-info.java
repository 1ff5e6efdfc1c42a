/**
 * The parties of a kill: who asked, who used the memory, who set the limit, who was killed. The
 * context comes in; their names and a sentence on the victim's part go out. Read {@link
 * io.oomstream.diagnosis.blame.BlameFinder} first.
 */
@NullMarked
package io.oomstream.diagnosis.blame;

import org.jspecify.annotations.NullMarked;
