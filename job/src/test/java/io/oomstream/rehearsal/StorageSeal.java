package io.oomstream.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a folder refuse all that would be written to it, and takes it back. Permissions do; for
 * root, whom they do not stop, the file system's immutable flag.
 */
final class StorageSeal {

  private StorageSeal() {}

  static void set(Path folder, boolean sealed) throws IOException, InterruptedException {
    boolean root = System.getProperty("user.name").equals("root");
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(List.of("chattr", "-R", "-f", sealed ? "+i" : "-i"));
    } else {
      command.addAll(List.of("chmod", "-R", sealed ? "a-w" : "u+w"));
    }
    command.add(folder.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int rc = process.waitFor();
    // Files that go while it walks the folder are no failure, as long as writing is one.
    boolean refused = !canWrite(folder);
    if (sealed != refused) {
      throw new IOException(folder + " can't be " + (sealed ? "sealed" : "opened") + ": " + rc);
    }
  }

  private static boolean canWrite(Path folder) {
    try {
      java.nio.file.Files.delete(java.nio.file.Files.createTempFile(folder, "probe", ""));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
