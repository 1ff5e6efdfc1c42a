package io.oomstream.function.catalogue;

import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Ids as Kubernetes and the runtimes make them, and the lines of a kill. */
final class Make {

  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int PARTITIONS = 4;

  private Make() {}

  static String hex(Random random, int digits) {
    StringBuilder hex = new StringBuilder();
    while (hex.length() < digits) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }

  static String uid(Random random) {
    String hex = hex(random, 32);
    return hex.substring(0, 8)
        + "-"
        + hex.substring(8, 12)
        + "-"
        + hex.substring(12, 16)
        + "-"
        + hex.substring(16, 20)
        + "-"
        + hex.substring(20);
  }

  static String tail(Random random) {
    StringBuilder tail = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      tail.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return tail.toString();
  }

  /** Of a template that a deployment gave its pods. */
  static String hash(Random random) {
    StringBuilder hash = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      hash.append("456789bcdf".charAt(random.nextInt(10)));
    }
    return hash.toString();
  }

  /** The kernel's lines of one kill within a container's limit. */
  static void lines(NamedFleet.Kill kill, int style, List<RawRecord> to) {
    Life life = kill.run().life();
    String path = path(life.uid(), kill.run().id(), style);
    String name = path.substring(path.lastIndexOf('/') + 1);
    List<String> texts =
        List.of(
            "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=985",
            "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset="
                + name
                + ",mems_allowed=0,oom_memcg="
                + path
                + ",task_memcg="
                + path
                + ",task=java,pid="
                + kill.pid()
                + ",uid=0",
            "Memory cgroup out of memory: Killed process "
                + kill.pid()
                + " (java) total-vm:9000kB, anon-rss:5000kB, file-rss:0kB, shmem-rss:0kB, UID:0"
                + " pgtables:40kB oom_score_adj:985");
    for (int i = 0; i < texts.size(); i++) {
      double seconds = (kill.atMs() - NamedFleet.START) / 1000.0 + 5_000 + i * 0.0001;
      String json =
          String.format(
              Locale.ROOT,
              "{\"host\":\"%s\",\"message\":\"<4>[%12.6f] %s\"}",
              life.host(),
              seconds,
              texts.get(i));
      to.add(
          new RawRecord(
              "kernel.logs",
              Math.floorMod(life.host().hashCode(), PARTITIONS),
              to.size(),
              kill.atMs(),
              null,
              json.getBytes(StandardCharsets.UTF_8),
              Map.of()));
    }
  }

  /** systemd's names with containerd, plain ones, and CRI-O's. */
  private static String path(String uid, String id, int style) {
    String slice =
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod"
            + uid.replace('-', '_')
            + ".slice/";
    return switch (style) {
      case 0 -> slice + "cri-containerd-" + id + ".scope";
      case 1 -> "/kubepods/burstable/pod" + uid + "/" + id;
      default -> slice + "crio-" + id + ".scope";
    };
  }
}
