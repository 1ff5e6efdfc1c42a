package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is released is pinned, listed and signed, by digest; the programs for it are stand-ins. */
class ReleaseTest {

  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  /** What the script called, line by line; empty where it refused. */
  private static List<String> release(Path folder, String image, String key) throws Exception {
    Path calls = folder.resolve("calls");
    for (String program : List.of("crane", "mvn", "syft", "cosign")) {
      String says = program.equals("crane") ? "echo " + DIGEST + "\n" : "";
      Path file = folder.resolve(program);
      Files.writeString(file, "#!/bin/sh\necho " + program + " \"$@\" >> '" + calls + "'\n" + says);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    ProcessBuilder builder =
        new ProcessBuilder("bash", DocPage.ROOT.resolve("deploy/release").toString(), image)
            .redirectErrorStream(true);
    builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
    builder.environment().put("COSIGN_KEY", key);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      return List.of(said.strip());
    }
    assertThat(said).contains("settings.yaml: registry.example.com/oom/oomstream@" + DIGEST);
    return Files.readAllLines(calls);
  }

  @Test
  void theBaseIsPinnedAndAllElseIsByDigest(@TempDir Path folder) throws Exception {
    List<String> calls = release(folder, "registry.example.com/oom/oomstream:0.1.0", "");
    String pinned = "registry.example.com/oom/oomstream@" + DIGEST;

    assertThat(calls).hasSize(6);
    assertThat(calls.get(0)).isEqualTo("crane digest flink:2.2.1-scala_2.12-java17");
    assertThat(calls.get(1))
        .startsWith("mvn ")
        .contains(" -P image ", " -Dimage.goal=build ", " -Dimage.base=flink@" + DIGEST)
        .doesNotContain("unpinned");
    assertThat(calls.get(3))
        .startsWith("syft scan registry:" + pinned + " --output cyclonedx-json=");
    assertThat(calls.get(4)).isEqualTo("cosign sign --yes " + pinned);
    assertThat(calls.get(5))
        .startsWith("cosign attest --yes --type cyclonedx --predicate ")
        .contains(calls.get(3).replaceFirst(".*=", ""))
        .endsWith(" " + pinned);
  }

  @Test
  void aKeyIsPassedOn(@TempDir Path folder) throws Exception {
    assertThat(release(folder, "registry.example.com/oom/oomstream:0.1.0", "awskms:///alias/x"))
        .contains(
            "cosign sign --yes --key awskms:///alias/x registry.example.com/oom/oomstream@"
                + DIGEST);
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example.com/oomstream:latest,a tag that moves",
    "registry.example.com:5000/oomstream,no tag",
    "oomstream,no tag",
  })
  void aTagThatMovesIsRefused(String image, String said, @TempDir Path folder) throws Exception {
    assertThat(release(folder, image, "").get(0)).contains(said);
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  /** The rule of the profile `image`, held against what may be passed. */
  @ParameterizedTest
  @CsvSource({
    "flink:2.2.1-scala_2.12-java17,false,false",
    "flink:2.2.1-scala_2.12-java17,true,true",
    "flink@sha256:0123,false,false",
    "flink@DIGEST,false,true",
    "registry.example.com/flink:2.2.1@DIGEST,false,true",
  })
  void aBaseWithoutDigestIsRefused(String base, String unpinned, boolean accepted)
      throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher regex = Pattern.compile("<regex>(.*unpinned.*)</regex>").matcher(pom);
    Matcher value = Pattern.compile("<image.base.pinned>(.*)</").matcher(pom);
    assertThat(regex.find() && value.find()).isTrue();
    assertThat(pom).contains("<property>image.base.pinned</property>");
    assertThat(pom).contains("<image.unpinned>false</image.unpinned>");
    String checked =
        value
            .group(1)
            .replace("${image.base}", base.replace("DIGEST", DIGEST))
            .replace("${image.unpinned}", unpinned);
    assertThat(checked.matches(regex.group(1))).isEqualTo(accepted);
  }

  /** Also not by leaving the tag out, which means the same. */
  @Test
  void noImageHasATagThatMoves() throws IOException {
    Pattern image =
        Pattern.compile(
            "(?m)(?:^\\s*(?:- )?image: *|^FROM (?!\\()|--image=|\"image\":\")([^\\s#\",]+)");
    try (Stream<Path> deploy = Files.walk(DocPage.ROOT.resolve("deploy"));
        Stream<Path> docs = Files.walk(DocPage.ROOT.resolve("docs"))) {
      int images = 0;
      for (Path file : Stream.concat(deploy, docs).filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(".sql")) {
          continue;
        }
        String text = Files.readString(file);
        assertThat(text.replace("*:latest)", "")).as("%s", file).doesNotContain(":latest");
        for (Matcher m = image.matcher(text); m.find(); images++) {
          assertThat(m.group(1)).as("%s", file).matches(".*(:[\\w.-]+|@sha256:[0-9a-f]{64})");
        }
      }
      assertThat(images).isGreaterThan(12);
    }
  }
}
