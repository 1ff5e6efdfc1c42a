package io.oomstream.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Names and paths that imitate the lines they stand in come out exactly, in every era's forms. */
class HostileNamesProperties {

  private static final int LONGEST_NAME = 15;

  @Property(tries = 700, seed = "7")
  void of2632(@ForAll("names") String name) {
    KernelBlock block =
        Kmsg.report(
            name + " invoked oom-killer: gfp_mask=0x280da, order=0, oom_adj=0, oom_score_adj=5",
            name + " cpuset=/ mems_allowed=0",
            "Pid: 63, comm: " + name + " Not tainted 2.6.32-754.el6.x86_64 #1",
            "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
            "[   63]    48    63   230000   180000   1       0             0 " + name,
            "Out of memory: Kill process 63 (" + name + ") score 870 or sacrifice child",
            "Killed process 63, UID 48, ("
                + name
                + ") total-vm:920000kB, anon-rss:719900kB,"
                + " file-rss:100kB");
    check(block, name);
    assertThat(block.kills().get(0).victim().uid()).isEqualTo(48);
    assertThat(Objects.requireNonNull(block.kills().get(0).victim().badness()).printedScore())
        .isEqualTo(870);
    assertThat(block.scope().memsAllowed()).isEqualTo("0");
  }

  @Property(tries = 700, seed = "7")
  void of310(
      @ForAll("names") String name, @ForAll("paths") String limit, @ForAll("paths") String below) {
    String task = limit + below;
    KernelBlock block =
        Kmsg.report(
            name + " invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=5",
            name + " cpuset=x mems_allowed=0-1",
            "CPU: 3 PID: 63 Comm: " + name + " Not tainted 3.10.0-1160.el7.x86_64 #1",
            "Task in " + task + " killed as a result of limit of " + limit,
            "memory: usage 1024kB, limit 1024kB, failcnt 3",
            "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name",
            "[   63]    48    63   230000   180000     300        7             0 " + name,
            "Memory cgroup out of memory: Kill process 63 ("
                + name
                + ") score 870 or sacrifice"
                + " child",
            "Killed process 63 ("
                + name
                + "), UID 48, total-vm:920000kB, anon-rss:719900kB,"
                + " file-rss:100kB, shmem-rss:0kB");
    check(block, name);
    assertThat(block.kills().get(0).victim().uid()).isEqualTo(48);
    assertThat(block.scope().taskCgroup()).isEqualTo(Latin1.decode(task));
    assertThat(block.scope().limitCgroup()).isEqualTo(Latin1.decode(limit));
  }

  @Property(tries = 700, seed = "7")
  void of61(
      @ForAll("names") String name, @ForAll("paths") String limit, @ForAll("paths") String below) {
    String task = limit + below;
    KernelBlock block =
        Kmsg.report(
            name + " invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=5",
            "CPU: 3 PID: 63 Comm: " + name + " Not tainted 6.1.0 #1",
            "memory: usage 1024kB, limit 1024kB, failcnt 3",
            "Memory cgroup stats for " + limit + ":",
            "anon 1024",
            "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
            "[     63]    48    63   230000   180000    40960        7             0 " + name,
            "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=x,mems_allowed=0-1,"
                + "oom_memcg="
                + limit
                + ",task_memcg="
                + task
                + ",task="
                + name
                + ",pid=63,uid=48",
            "Memory cgroup out of memory: Killed process 63 ("
                + name
                + ") total-vm:920000kB, anon-rss:719900kB, file-rss:100kB, shmem-rss:0kB, UID:48"
                + " pgtables:40kB oom_score_adj:0",
            "oom_reaper: reaped process 63 ("
                + name
                + "), now anon-rss:0kB, file-rss:0kB,"
                + " shmem-rss:4kB");
    check(block, name);
    assertThat(block.kills().get(0).victim().uid()).isEqualTo(48);
    assertThat(Objects.requireNonNull(block.kills().get(0).reaper()).shmemRssBytesLeft())
        .isEqualTo(4096);
    assertThat(block.scope().taskCgroup()).isEqualTo(Latin1.decode(task));
    assertThat(block.scope().limitCgroup()).isEqualTo(Latin1.decode(limit));
    assertThat(block.scope().cpuset()).isEqualTo("x");
  }

  @Property(tries = 500, seed = "7")
  void ofFailedAllocations(@ForAll("names") String name) {
    KernelBlock block =
        Kmsg.report(
            name
                + ": page allocation failure: order:4, mode:0xcc0(GFP_KERNEL), nodemask=(null),"
                + "cpuset=a b, mode:0x1,mems_allowed=0");
    assertThat(Objects.requireNonNull(block.trigger()).comm()).isEqualTo(Latin1.decode(name));
    assertThat(block.trigger().order()).isEqualTo(4);
    assertThat(Objects.requireNonNull(block.trigger().gfp()).mask()).isEqualTo("0xcc0");
  }

  private static void check(KernelBlock block, String name) {
    String decoded = Latin1.decode(name);
    assertThat(Objects.requireNonNull(block.trigger()).comm()).isEqualTo(decoded);
    assertThat(block.trigger().pid()).as("header of %s", name).isEqualTo(63);
    assertThat(block.kills()).hasSize(1);
    assertThat(block.kills().get(0).victim().comm()).isEqualTo(decoded);
    assertThat(Objects.requireNonNull(block.tasks()).rows().get(0).comm()).isEqualTo(decoded);
    assertThat(block.info().unparsedLines()).isZero();
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> words =
        Arbitraries.of(
            "a",
            " ",
            ")",
            "(",
            "((",
            ", ",
            "=",
            "]",
            "[",
            ":",
            ": ",
            ",pid=1",
            ",uid=0",
            ",task=",
            "1 2 3 ",
            ") score 1",
            ") total-vm:8kB",
            "), UID 1, ",
            " cpuset=",
            "x mems_allowed=",
            ", mode:0x1",
            " Not tainted 1",
            "Killed process",
            "\u00c3\u00bc",
            "\u00ff",
            "\\x0a",
            "kB",
            "7");
    return words
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(list -> String.join("", list))
        .map(name -> name.substring(0, Math.min(LONGEST_NAME, name.length())));
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
            "/",
            "a",
            " ",
            ",",
            ":",
            ",pid=1",
            ",uid=0",
            ",task=x",
            ",task_memcg=/y",
            ",oom_memcg=/z",
            " killed",
            " killed as a result of limit of /",
            "(null)",
            ",mems_allowed=0",
            "kubepods.slice",
            "\u00c3\u00bc")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(list -> "/" + String.join("", list));
  }
}
