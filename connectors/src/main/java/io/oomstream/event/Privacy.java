package io.oomstream.event;

import java.io.Serializable;

/**
 * What of people's and customers' names an event may carry. Names are hashed, so that equal ones
 * stay equal; text of the log is left out, because a name may stand anywhere in it.
 *
 * @param hashComm process names are hashed
 * @param hashCgroup what names a control group, container, pod, unit or user is hashed
 * @param dropText no line of the log is written, neither in events nor in dead letters. Hashing
 *     implies it
 * @param salt the key of the hash; an empty one lets anybody try names
 */
public record Privacy(boolean hashComm, boolean hashCgroup, boolean dropText, String salt)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Everything as the log has it. */
  public static final Privacy OPEN = new Privacy(false, false, false, "");

  /** Whether events leave as they are. */
  public boolean isOpen() {
    return !dropsText();
  }

  /** Whether lines of the log are left out. */
  public boolean dropsText() {
    return dropText || hashes();
  }

  /** Whether any names are hashed. */
  public boolean hashes() {
    return hashComm || hashCgroup;
  }

  /** Never the salt. */
  @Override
  public String toString() {
    return "Privacy[" + hashComm + ", " + hashCgroup + ", " + dropText + "]";
  }
}
