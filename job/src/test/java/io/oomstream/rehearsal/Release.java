package io.oomstream.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An image with the Flink in it, and the class path of Flink's lib/. */
record Release(Image image, String lib) {

  static Release layOut(
      Path repository, Path work, String name, Map<String, String> replaced, List<String> classPath)
      throws IOException {
    Image image = Image.layOut(repository, work.resolve(name), work.resolve("volumes"), replaced);
    return new Release(image, FlinkDistribution.layOut(image.path("/opt/flink"), classPath));
  }
}
