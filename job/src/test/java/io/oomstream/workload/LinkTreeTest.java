package io.oomstream.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oomstream.format.line.RawRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The collector on trees of links as kubelet makes them with each runtime. */
@NullUnmarked
class LinkTreeTest {

  private static final Path SCRIPT =
      Path.of("..", "deploy", "k8s", "shippers", "workload-collector", "collect.sh");
  private static final String STATIC = "3b8f5d3e94ad4a6d9f6b2f2f8e4d7a10";

  @TempDir Path root;
  private Path links;

  /** Who writes the log that a link leads to, and where. */
  enum Runtime {
    /** Straight to the pod's directory, where the runtime writes. */
    CONTAINERD("/var/log/pods", false),
    CRIO("/var/log/pods", false),
    K3S("/var/log/pods", false),
    /** The pod's directory has links of its own, to Docker's files. */
    CRI_DOCKERD("/var/log/pods", true),
    /** The directory is another disk's. */
    MOVED("/mnt/data/kubelet/log/pods", false);

    private final String pods;
    private final boolean isLinkedOn;

    Runtime(String pods, boolean isLinkedOn) {
      this.pods = pods;
      this.isLinkedOn = isLinkedOn;
    }
  }

  @BeforeEach
  void makeRoot() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    links = Files.createDirectories(root.resolve("var/log/containers"));
  }

  /** A container, by its links; the log itself is not in the collector's sight. */
  private void container(
      Runtime runtime,
      String namespace,
      String pod,
      String uid,
      String name,
      int restarts,
      String id)
      throws IOException {
    String directory = runtime.pods + "/" + namespace + "_" + pod + "_" + uid + "/" + name;
    String file = restarts + ".log";
    if (runtime.isLinkedOn) {
      Path own = Files.createDirectories(root.resolve(directory.substring(1))).resolve(file);
      Files.createSymbolicLink(
          own, Path.of("/var/lib/docker/containers/" + id + "/" + id + "-json.log"));
    }
    String link = pod + "_" + namespace + "_" + name + "-" + id;
    link = link.substring(0, Math.min(link.length(), 251)) + ".log";
    Files.deleteIfExists(links.resolve(link));
    Files.createSymbolicLink(links.resolve(link), Path.of(directory + "/" + file));
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NODE", "node-1");
    builder.environment().put("CLUSTER", "prod");
    builder.environment().put("LINKS", links.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }

  private Map<String, CatalogueEntry> collect() throws Exception {
    Process process = start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    Map<String, CatalogueEntry> entries = new TreeMap<>();
    for (String line : output.lines().toList()) {
      CatalogueEntry before = entries.put(line.substring(0, line.indexOf('\t')), entry(line));
      assertThat(before).as("one record for a key").isNull();
    }
    return entries;
  }

  private static CatalogueEntry entry(String line) throws BadEntryException {
    byte[] value = line.substring(line.indexOf('\t') + 1).getBytes(StandardCharsets.UTF_8);
    RawRecord record = new RawRecord("kernel.workloads", 0, 0, 1, null, value, Map.of());
    List<CatalogueEntry> entries = new CatalogueReader(Set.of()).read(record);
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private static String id(int number) {
    return String.format("%064x", 0xc0ffee0000L + number);
  }

  @ParameterizedTest
  @EnumSource(Runtime.class)
  void everyRuntimesLinksAreRead(Runtime runtime) throws Exception {
    container(runtime, "shop", "web-7d4b9c8f6b-2vxqz", CatalogueEntries.UID, "app", 3, id(1));
    container(runtime, "shop", "web-7d4b9c8f6b-2vxqz", CatalogueEntries.UID, "side-car", 0, id(2));
    container(runtime, "kube-system", "etcd-node-1", STATIC, "etcd", 12, id(3));
    container(runtime, "a.b", "db-0", CatalogueEntries.UID.replace('0', '1'), "postgres", 0, id(4));
    long before = System.currentTimeMillis() / 1000 * 1000 - 60_000;

    Map<String, CatalogueEntry> entries = collect();

    assertThat(entries.keySet()).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4));
    assertThat(entries.get(id(1)).names().groupKey()).isEqualTo("k8s:prod/shop/Deployment/web/app");
    assertThat(entries.get(id(1)).kubernetes().restartCount()).isEqualTo(3);
    assertThat(entries.get(id(1)).podUid()).isEqualTo(CatalogueEntries.UID);
    assertThat(entries.get(id(1)).startedAtMs()).isGreaterThan(before);
    assertThat(entries.get(id(2)).names().groupKey())
        .isEqualTo("k8s:prod/shop/Deployment/web/side-car");
    assertThat(entries.get(id(3)).names().groupKey()).isEqualTo("k8s:prod/kube-system/-/etcd/etcd");
    assertThat(entries.get(id(4)).names().groupKey())
        .isEqualTo("k8s:prod/a.b/StatefulSet/db/postgres");
    assertThat(entries.values()).extracting(CatalogueEntry::node).containsOnly("node-1");
  }

  /** A name of 255 characters has lost the end of its id; the target has not. */
  @Test
  void aCutNameKeepsItsPod() throws Exception {
    String pod = "p".repeat(180) + "-2vxqz";
    container(Runtime.CONTAINERD, "shop", pod, CatalogueEntries.UID, "app", 7, id(1));

    Map<String, CatalogueEntry> entries = collect();

    assertThat(entries.keySet()).containsExactly("pod/" + CatalogueEntries.UID + "/app/7");
    CatalogueEntry entry = entries.get("pod/" + CatalogueEntries.UID + "/app/7");
    assertThat(entry.containerId()).isNull();
    assertThat(entry.kubernetes().podName()).isEqualTo(pod);
    assertThat(entry.kubernetes().restartCount()).isEqualTo(7);
  }

  @Test
  void whatIsNoLinkOfKubeletIsLeftOut() throws Exception {
    container(Runtime.CONTAINERD, "shop", "web-0", CatalogueEntries.UID, "app", 0, id(1));
    Files.writeString(links.resolve("a_b_c-" + id(2) + ".log"), "a file");
    for (String target :
        List.of(
            "/var/lib/docker/containers/x/x-json.log",
            "/var/log/pods/no-underscores/app/0.log",
            "/var/log/pods/a_b_c_" + CatalogueEntries.UID + "/app/0.log",
            "/var/log/pods/shop_web-0_" + CatalogueEntries.UID + "/app/x.log",
            "/var/log/pods/shop_web-0_" + CatalogueEntries.UID + "/a\"pp/0.log",
            "/var/log/pods/shop_web-0_not-a-uid/app/0.log",
            "0.log")) {
      Files.createSymbolicLink(
          links.resolve("other" + target.hashCode() + "_shop_app-" + id(3) + ".log"),
          Path.of(target));
    }
    Files.createSymbolicLink(
        links.resolve("new\nline_shop_app-" + id(4) + ".log"),
        Path.of("/var/log/pods/shop_web-0_" + CatalogueEntries.UID + "/app/0.log"));

    assertThat(collect().keySet()).containsExactly(id(1));
  }

  /** New ones at the next look, everything again after a while; nothing else twice. */
  @Test
  void itGoesOnWithWhatIsNew() throws Exception {
    String cut = "p".repeat(180) + "-2vxqz";
    container(Runtime.CONTAINERD, "shop", "web-0", CatalogueEntries.UID, "app", 0, id(1));
    container(Runtime.CONTAINERD, "shop", cut, CatalogueEntries.UID, "app", 0, id(2));
    Process process = start("1", "3");
    try (BufferedReader out =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> first = List.of(key(out), key(out));
      assertThat(first).containsExactlyInAnyOrder(id(1), "pod/" + CatalogueEntries.UID + "/app/0");
      container(Runtime.CONTAINERD, "shop", "web-0", CatalogueEntries.UID, "app", 1, id(3));
      container(Runtime.CONTAINERD, "shop", cut, CatalogueEntries.UID, "app", 1, id(4));
      assertThat(List.of(key(out), key(out)))
          .containsExactlyInAnyOrder(id(3), "pod/" + CatalogueEntries.UID + "/app/1");
      assertThat(List.of(key(out), key(out), key(out)))
          .containsExactlyInAnyOrder(id(1), id(3), "pod/" + CatalogueEntries.UID + "/app/1");
    } finally {
      process.destroy();
    }
  }

  private static String key(BufferedReader out) throws IOException {
    String line = out.readLine();
    assertThat(line).isNotNull();
    return line.substring(0, line.indexOf('\t'));
  }

  /** No file is read: only links are there. */
  @Test
  void nothingButLinksIsLookedAt() throws Exception {
    for (int i = 0; i < 300; i++) {
      container(Runtime.CONTAINERD, "ns-" + i, "web-" + i, CatalogueEntries.UID, "app", 0, id(i));
    }
    try (Stream<Path> files = Files.walk(links)) {
      assertThat(files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))).isEmpty();
    }
    assertThat(collect()).hasSize(300);
  }
}
