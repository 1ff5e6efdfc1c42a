package io.oomstream.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Owner;
import io.oomstream.golden.GoldenFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerNameTest {

  private static final Path PAGE = Path.of("..", "docs", "ingest", "workloads.md");
  private static final String BEGIN = "<!-- owners -->\n";
  private static final String END = "<!-- /owners -->\n";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Pods of real clusters.
        "coredns-5dd5756b68-xk2lp, Deployment, coredns",
        "web-7d4b9c8f6b-2vxqz, Deployment, web",
        "metrics-server-648b5df564-hhq7f, Deployment, metrics-server",
        "my-nginx-5b6bd4cd5c-4ktzc, Deployment, my-nginx",
        "backup-29512345-8kjqz, CronJob, backup",
        "shards-29512345-3-8kjqz, CronJob, shards",
        "index-0-x9vvd, Job, index",
        "index-1234-x9vvd, Job, index",
        "kube-proxy-7q2xs, -, kube-proxy",
        "migrate-db-zzwnr, -, migrate-db",
        "postgres-0, StatefulSet, postgres",
        "prometheus-kube-prometheus-stack-prometheus-12, StatefulSet,"
            + " prometheus-kube-prometheus-stack-prometheus",
        // Almost one of them.
        "old-1545698745-x9vvd, -, old",
        "report-20240101-x9vvd, -, report-20240101",
        "api-01-x9vvd, -, api-01",
        "web-5b6bd4c-4ktzc, -, web-5b6bd4c",
        "web-5a6bd4cd5c-4ktzc, -, web-5a6bd4cd5c",
        "pi-exec-1, -, pi-exec",
        "web-007, -, -",
        "run-20240101, -, -",
        "shell, -, -",
        "shell-debug, -, -",
        "-bcdfg, -, -",
        "a--bcdfg, -, a-",
        "x, -, -",
        // Of 63 characters: cut at a dash of the owner's name, or not cut at all.
        "orders-and-payments-of-the-shop-in-the-region-of-northern-8kjqz, -, -",
        "orders-and-payments-of-the-shop-in-the-regions-5b6bd4cd5c-4ktzc, Deployment,"
            + " orders-and-payments-of-the-shop-in-the-regions",
      })
  void endingsAreRead(String pod, @Nullable String kind, @Nullable String owner) {
    Owner told = OwnerName.of(pod, "node-1", OwnerNames.UID).owner();

    assertThat(told)
        .isEqualTo(owner == null ? null : new Owner(kind, owner, Owner.Origin.INFERRED));
  }

  @Test
  void aStaticPodLosesItsNodesName() {
    String uid = "3b8f5d3e94ad4a6d9f6b2f2f8e4d7a10";

    assertThat(OwnerName.of("kube-apiserver-node-1", "node-1", uid).group())
        .isEqualTo("kube-apiserver");
    assertThat(OwnerName.of("kube-apiserver-node-1", "node-2", uid).owner()).isNull();
    assertThat(OwnerName.of("kube-apiserver-node-1", null, uid).owner()).isNull();
    assertThat(OwnerName.of("-node-1", "node-1", uid).owner()).isNull();
  }

  /** A figure for each kind; an owner that is told must be the true one. */
  @Test
  void ownersOfMadeNamesAreRightOrAbsent() throws Exception {
    Map<String, int[]> kinds = new TreeMap<>();
    for (OwnerNames.Pod pod : OwnerNames.all()) {
      boolean isCut = pod.name().length() == 63;
      Owner told = OwnerName.of(pod.name(), pod.node(), pod.uid()).owner();
      String kind =
          pod.owner() == null ? "bare pod" : pod.kind() == null ? "static pod" : pod.kind();
      int[] n = kinds.computeIfAbsent(isCut ? kind + ", 63 characters" : kind, k -> new int[5]);
      n[0]++;
      if (told != null) {
        n[1]++;
        n[2] += told.name().equals(pod.owner()) ? 1 : 0;
        if (told.kind() != null) {
          n[3]++;
          n[4] += told.kind().equals(pod.kind()) ? 1 : 0;
        }
      }
    }
    StringBuilder table =
        new StringBuilder(
            "\n| made by | pods | owner's name: given | of these right | kind: given | of these right"
                + " |\n|---|---|---|---|---|---|\n");
    int[] all = new int[5];
    kinds.forEach(
        (kind, n) -> {
          row(kind, n, table);
          for (int i = 0; i < n.length; i++) {
            all[i] += n[i];
          }
        });
    row("all", all, table);
    table.append('\n');

    new GoldenFile(PAGE).mustHold(BEGIN, END, table.toString());
    assertThat((double) all[2] / all[1]).as("precision of names").isGreaterThan(0.9);
    assertThat((double) all[4] / all[3]).as("precision of kinds").isGreaterThan(0.9);
    assertThat((double) all[1] / all[0]).as("recall of names").isGreaterThan(0.8);
  }

  private static void row(String kind, int[] n, StringBuilder table) {
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %s | %s | %s |%n",
            kind,
            n[0],
            share(n[1], n[0]),
            share(n[2], n[1]),
            share(n[3], n[0]),
            share(n[4], n[3])));
  }

  private static String share(int part, int whole) {
    return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }
}
