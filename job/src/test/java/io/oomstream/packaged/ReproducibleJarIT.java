package io.oomstream.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same sources give the same cluster jar and the same image layer, byte for byte, when somebody
 * else builds them, elsewhere, in another time zone and language. (Not with a umask narrower than
 * 022: jars keep the modes of their files.)
 */
class ReproducibleJarIT {
  private static final int PATIENCE_SECONDS = 300;

  private static final String SBOM = "META-INF/sbom/";

  @TempDir private Path folder;

  @Test
  void builtAgainElsewhereItIsTheSame() throws Exception {
    boolean offline = "offline: true".equals(System.getProperty("maven.mode"));
    Path copy = Files.createDirectories(folder.resolve("another place"));
    Path here = Path.of("..");
    for (String part :
        List.of(".mvn", "pom.xml", "connectors/pom.xml", "connectors/src/main", "job/pom.xml")) {
      copy(here.resolve(part), copy.resolve(part));
    }
    copy(here.resolve("job/src/main"), copy.resolve("job/src/main"));
    build(copy, offline);

    Path jar = clusterJar(Path.of("target"));
    Path again = clusterJar(copy.resolve("job/target"));
    assertThat(entries(again, offline)).isEqualTo(entries(jar, offline));
    if (!offline) {
      assertThat(sha256(again)).isEqualTo(sha256(jar));
      assertThat(sha256(copy.resolve("job/target/image-layer.tar")))
          .isEqualTo(sha256(Path.of("target", "image-layer.tar")));
    }
  }

  private void build(Path where, boolean offline) throws Exception {
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
    command.addAll(List.of("-B", "-ntp", "-DskipTests", "-Dspotless.check.skip=true"));
    command.add("-Dcompiler.checks=-parameters");
    if (offline) {
      command.add("-o");
    }
    command.add("package");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .put("MAVEN_OPTS", "-Duser.timezone=Asia/Tokyo -Duser.language=de -Duser.name=somebody");
    Process maven = builder.start();
    boolean ended = maven.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly();
    }
    String said = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(maven.exitValue()).as(said).isZero();
  }

  /** In their order, which is part of the bytes. Offline the list of components is not written. */
  private static List<String> entries(Path jar, boolean withoutSbom) throws IOException {
    List<String> entries = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        if (!withoutSbom || !entry.getName().startsWith(SBOM)) {
          entries.add(entry.getName() + " " + entry.getTimeLocal() + " " + entry.getCrc());
        }
      }
    }
    return entries;
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return OciLayer.sha256(in);
    }
  }

  private static Path clusterJar(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(f -> String.valueOf(f.getFileName()).endsWith("-cluster.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }
}
