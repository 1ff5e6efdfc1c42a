package io.oomstream.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.block.text.Latin1;
import io.oomstream.event.section.Tasks;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

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

  @Property(tries = 300, seed = "7")
  void inEveryFormOfTheEras(@ForAll("names") String name) {
    KernelBlock el6 =
        era(
            EraForms.EL6,
            "httpd -k start",
            name,
            "httpd invoked",
            name + " invoked",
            "httpd cpuset",
            name + " cpuset",
            "comm: httpd ",
            "comm: " + name + " ");
    asksAndDies(el6, name, 11863);
    KernelBlock el7 =
        era(
            EraForms.EL7_MEMCG,
            "java (x), y",
            name,
            "java invoked",
            name + " invoked",
            "java cpuset",
            name + " cpuset",
            "Comm: java ",
            "Comm: " + name + " ");
    asksAndDies(el7, name, 4242);
    KernelBlock v4 =
        era(
            EraForms.V4_14,
            "kworker/1:2 invoked",
            name + " invoked",
            "kworker/1:2 cpuset",
            name + " cpuset",
            "Comm: kworker/1:2 ",
            "Comm: " + name + " ",
            "        0 a",
            "        0 " + name,
            "200 (a)",
            "200 (" + name + ")");
    asksAndDies(v4, name, 77);
    KernelBlock v5 =
        era(
            EraForms.V5_0_MEMCG,
            "sh invoked",
            name + " invoked",
            "Comm: sh ",
            "Comm: " + name + " ",
            "        0 sh",
            "        0 " + name,
            "task=sh,",
            "task=" + name + ",",
            "9 (sh)",
            "9 (" + name + ")");
    asksAndDies(v5, name, 9);
    KernelBlock v6 =
        era(
            EraForms.V6_8_SYSRQ,
            "kworker/0:1 invoked",
            name + " invoked",
            "Comm: kworker/0:1 ",
            "Comm: " + name + " ",
            "0 7 zip",
            "0 " + name,
            "task=7,pid=1,pid",
            "task=" + name + ",pid",
            "(7 zip)",
            "(" + name + ")");
    asksAndDies(v6, name, 10);
    KernelBlock headless =
        era(EraForms.V5_4_0, "        0 eater", "        0 " + name, "(eater)", "(" + name + ")");
    dies(headless, name);
    KernelBlock arm =
        era(
            EraForms.ARM_FAILURE,
            "ksoftirqd/1: page",
            name + ": page",
            "ksoftirqd/1 cpuset",
            name + " cpuset",
            "Comm: ksoftirqd/1 ",
            "Comm: " + name + " ");
    asks(arm, name, 16L);
    asks(era(EraForms.PANIC, "a invoked", name + " invoked"), name, null);
  }

  @Property(tries = 300, seed = "7")
  void inFormsThatAreNoMainlineKernels(@ForAll("names") String name) {
    KernelBlock openVz =
        Kmsg.report(
            "63 (" + name + ") invoked oom-killer in ub 101 generation 3 gfp 0x200d2",
            "Out of memory in UB 101: OOM killed process 63 ("
                + name
                + ") score 12 vm:281988kB, rss:17004kB, swap:8kB");
    asks(openVz, name, 63L);
    assertThat(openVz.kills()).hasSize(1);
    assertThat(openVz.kills().get(0).victim().comm()).isEqualTo(Latin1.decode(name));
    assertThat(openVz.kills().get(0).victim().swapBytes()).isEqualTo(8192);
    KernelBlock s390 =
        Kmsg.report(
            name + " invoked oom-killer: gfp_mask=0xd0, order=0, oom_adj=0, oom_score_adj=5",
            "CPU: 1 Tainted: G            X 3.0.101-63-default #1",
            "Process " + name + " (pid: 63, task: 000000001f0e8000, ksp: 000000001f0eb1c0)");
    asks(s390, name, 63L);
    assertThat(s390.host().kernelRelease()).isEqualTo("3.0.101-63-default");
  }

  /** What a group is named after stands in the cache's name too. */
  @Property(tries = 300, seed = "7")
  void ofSlabCaches(@ForAll("paths") String path) {
    String cache = "kmalloc-256(960:" + path.substring(1) + ")";
    KernelBlock block = era(EraForms.SLUB, "kmalloc-256(960:helper-logs)", cache);
    assertThat(Objects.requireNonNull(block.failure()).cache()).isEqualTo(Latin1.decode(cache));
    assertThat(block.info().unparsedLines()).isZero();
  }

  @Property(tries = 300, seed = "7")
  void ofGroupsInEveryForm(@ForAll("paths") String limit, @ForAll("paths") String below) {
    String task = limit + below;
    KernelBlock el7 =
        era(
            EraForms.EL7_MEMCG,
            "/system.slice/docker-aa.scope/sub killed as a result of limit of"
                + " /system.slice/docker-aa.scope",
            task + " killed as a result of limit of " + limit,
            "stats for /system.slice/docker-aa.scope/sub:",
            "stats for " + task + ":",
            "stats for /system.slice/docker-aa.scope:",
            "stats for " + limit + ":");
    assertThat(el7.scope().taskCgroup()).isEqualTo(Latin1.decode(task));
    assertThat(el7.scope().limitCgroup()).isEqualTo(Latin1.decode(limit));
    assertThat(Objects.requireNonNull(el7.memcg()).path()).isEqualTo(Latin1.decode(limit));
    assertThat(el7.memcg().stats().bytes()).containsEntry("rss", 1_048_000L * 1024);
    KernelBlock v5 =
        era(
            EraForms.V5_0_MEMCG,
            "stats for /a:b:",
            "stats for " + limit + ":",
            "oom_memcg=/a:b,task_memcg=/a:b,c=d,",
            "oom_memcg=" + limit + ",task_memcg=" + task + ",");
    assertThat(v5.scope().taskCgroup()).isEqualTo(Latin1.decode(task));
    assertThat(v5.scope().limitCgroup()).isEqualTo(Latin1.decode(limit));
    assertThat(Objects.requireNonNull(v5.memcg()).path()).isEqualTo(Latin1.decode(limit));
    assertThat(v5.memcg().stats().bytes()).containsEntry("rss", 900L * 1024);
  }

  /** The form with other words in it: what they stand for, then what comes there. */
  private static KernelBlock era(String[] form, String... words) {
    String[] lines = form.clone();
    for (int line = 0; line < lines.length; line++) {
      for (int i = 0; i < words.length; i += 2) {
        int at = lines[line].indexOf(words[i]);
        if (at >= 0) {
          String rest = lines[line].substring(at + words[i].length());
          lines[line] = lines[line].substring(0, at) + words[i + 1] + rest;
        }
      }
    }
    return Kmsg.report(lines);
  }

  private static void asksAndDies(KernelBlock block, String name, long pid) {
    asks(block, name, pid);
    dies(block, name);
  }

  private static void asks(KernelBlock block, String name, @Nullable Long pid) {
    assertThat(Objects.requireNonNull(block.trigger()).comm()).isEqualTo(Latin1.decode(name));
    assertThat(block.trigger().pid()).as("header of %s", name).isEqualTo(pid);
    assertThat(block.info().unparsedLines()).isZero();
  }

  private static void dies(KernelBlock block, String name) {
    assertThat(block.kills()).hasSize(1);
    assertThat(block.kills().get(0).victim().comm()).isEqualTo(Latin1.decode(name));
    Long pid = block.kills().get(0).victim().pid();
    assertThat(Objects.requireNonNull(block.tasks()).rows())
        .filteredOn(row -> pid != null && pid.equals(row.pid()))
        .extracting(Tasks.Row::comm)
        .containsExactly(Latin1.decode(name));
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
            "oom_reaper: ",
            " (pid: 1, task:",
            "CPU: 1 PID: 2",
            ") invoked oom-",
            "\t",
            "/",
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
            ",cpuset=/",
            ": cache",
            " mems_allowed=",
            "Task in /",
            "\\x2d",
            "(",
            "), object size",
            "kubepods.slice",
            "\u00c3\u00bc")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(list -> "/" + String.join("", list));
  }
}
