package io.oomstream.block;

import java.util.List;

/** Reports as the format strings of kernels make them that the lab does not run. */
final class EraForms {

  /** 2.6.32 of Red Hat 6: Pid header, brackets in the trace, EL6's own kill line. */
  static final String[] EL6 = {
    "httpd invoked oom-killer: gfp_mask=0x280da, order=0, oom_adj=0, oom_score_adj=0",
    "httpd cpuset=/ mems_allowed=0",
    "Pid: 11863, comm: httpd Not tainted 2.6.32-279.el6.x86_64 #1",
    "Call Trace:",
    " [<ffffffff810c4971>] ? cpuset_print_task_mems_allowed+0x91/0xb0",
    " [<ffffffff811170e0>] ? dump_header+0x90/0x1b0",
    " [<ffffffff811179a0>] ? out_of_memory+0x220/0x3c0",
    " [<ffffffff811276be>] ? __alloc_pages_nodemask+0x89e/0x940",
    " [<ffffffff8113f1fb>] ? handle_pte_fault+0x71b/0xb50 [virtio_balloon]",
    " [<ffffffff8113f864>] ? handle_mm_fault+0x1e4/0x2b0",
    "Mem-Info:",
    "Node 0 DMA per-cpu:",
    "CPU    0: hi:    0, btch:   1 usd:   0",
    "active_anon:180000 inactive_anon:60000 isolated_anon:0",
    " active_file:84 inactive_file:100 isolated_file:0",
    " unevictable:0 dirty:0 writeback:0 unstable:0",
    " free:1500 slab_reclaimable:1000 slab_unreclaimable:4000",
    " mapped:44 shmem:50 pagetables:900 bounce:0",
    "Node 0 DMA free:6000kB min:300kB low:372kB high:448kB active_anon:720000kB"
        + " inactive_anon:240000kB active_file:336kB inactive_file:400kB unevictable:0kB"
        + " isolated(anon):0kB isolated(file):0kB present:1048576kB mlocked:0kB dirty:0kB"
        + " writeback:0kB mapped:176kB shmem:200kB slab_reclaimable:4000kB"
        + " slab_unreclaimable:16000kB kernel_stack:1000kB pagetables:3600kB unstable:0kB"
        + " bounce:0kB writeback_tmp:0kB pages_scanned:123 all_unreclaimable? yes",
    "lowmem_reserve[]: 0 0 0 0",
    "Node 0 DMA: 1500*4kB 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB 0*256kB 0*512kB 0*1024kB 0*2048kB"
        + " 0*4096kB = 6000kB",
    "234 total pagecache pages",
    "10 pages in swap cache",
    "Swap cache stats: add 100, delete 90, find 10/20",
    "Free swap  = 0kB",
    "Total swap = 4000kB",
    "262144 pages RAM",
    "8192 pages reserved",
    "300 pages shared",
    "250000 pages non-shared",
    "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
    "[ 1141]     0  1141     2662      107   0     -17         -1000 udevd",
    "[11863]    48 11863   230000   180000   1       0             0 httpd -k start",
    "Out of memory: Kill process 11863 (httpd -k start) score 870 or sacrifice child",
    "Killed process 11863, UID 48, (httpd -k start) total-vm:920000kB, anon-rss:719900kB,"
        + " file-rss:100kB",
  };

  /**
   * 3.10 of Red Hat 7, late: a control group, the KB statistics in one line, UID after the name.
   */
  static final String[] EL7_MEMCG = {
    "java invoked oom-killer: gfp_mask=0x50, order=0, oom_score_adj=-998",
    "java cpuset=docker-aa.scope mems_allowed=0-1",
    "CPU: 3 PID: 4242 Comm: java Kdump: loaded Tainted: G        W  OE  ------------ T"
        + " 3.10.0-1160.el7.x86_64 #1",
    "Hardware name: Dell Inc. PowerEdge R640/0H28RR, BIOS 2.1.8 04/30/2019",
    "Call Trace:",
    " <IRQ>  [<ffffffffb5381340>] dump_stack+0x19/0x1b",
    " [<ffffffffb4dc24fe>] oom_kill_process+0x2ce/0x3e0",
    " [<ffffffffb4e4149c>] mem_cgroup_oom_synchronize+0x55c/0x590",
    " [<ffffffffb4dc2db4>] pagefault_out_of_memory+0x14/0x90",
    "Task in /system.slice/docker-aa.scope/sub killed as a result of limit of"
        + " /system.slice/docker-aa.scope",
    "memory: usage 1048576kB, limit 1048576kB, failcnt 137",
    "memory+swap: usage 1048576kB, limit 9007199254740988kB, failcnt 0",
    "kmem: usage 0kB, limit 9007199254740988kB, failcnt 0",
    "Memory cgroup stats for /system.slice/docker-aa.scope: cache:100KB rss:500000KB rss_huge:0KB"
        + " mapped_file:0KB swap:0KB inactive_anon:0KB active_anon:500000KB inactive_file:0KB"
        + " active_file:0KB unevictable:0KB",
    "Memory cgroup stats for /system.slice/docker-aa.scope/sub: cache:20KB rss:548000KB"
        + " rss_huge:0KB mapped_file:0KB swap:0KB inactive_anon:0KB active_anon:548000KB"
        + " inactive_file:0KB active_file:0KB unevictable:0KB",
    "[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name",
    "[ 4242]  1000  4242   500000   130000     300        7          -998 java (x), y",
    "Memory cgroup out of memory: Kill process 4242 (java (x), y) score 1 or sacrifice child",
    "Killed process 4242 (java (x), y), UID 1000, total-vm:2000000kB, anon-rss:519000kB,"
        + " file-rss:1000kB, shmem-rss:0kB",
  };

  /** 4.14, 64 kB pages: no summary, page tables and directories apart, a policy's nodes. */
  static final String[] V4_14 = {
    "kworker/1:2 invoked oom-killer: gfp_mask=0x14000c0(GFP_KERNEL), nodemask=0,  order=2,"
        + " oom_score_adj=0",
    "kworker/1:2 cpuset=/ mems_allowed=0-1",
    "CPU: 1 PID: 77 Comm: kworker/1:2 Not tainted 4.14.0 #1",
    "Workqueue: events foo",
    "Call trace:",
    "[<ffff000008089d84>] dump_backtrace+0x0/0x1e8",
    "[c000000fe1b6b8f0] [c0000000009d4c6c] .dump_stack+0xb0/0xf4 (unreliable)",
    "[<ffff0000081a0b5c>] __alloc_pages_slowpath.constprop.97+0x8d4/0xa90",
    "Mem-Info:",
    "active_anon:1813257 inactive_anon:37301 isolated_anon:0 active_file:84 inactive_file:0"
        + " isolated_file:0 unevictable:0 dirty:0 writeback:0 unstable:0 slab_reclaimable:1"
        + " slab_unreclaimable:2 mapped:3 shmem:4 pagetables:5 bounce:0 free:6 free_pcp:0"
        + " free_cma:0",
    "Node 0 active_anon:116048448kB inactive_anon:0kB active_file:0kB inactive_file:0kB"
        + " unevictable:0kB isolated(anon):0kB isolated(file):0kB mapped:0kB dirty:0kB"
        + " writeback:0kB shmem:0kB shmem_thp: 64kB shmem_pmdmapped: 0kB anon_thp: 0kB"
        + " writeback_tmp:0kB unstable:0kB all_unreclaimable? yes",
    "Node 0 DMA free:384kB min:64kB low:128kB high:192kB active_anon:0kB inactive_anon:0kB"
        + " active_file:0kB inactive_file:0kB unevictable:0kB writepending:0kB present:4194304kB"
        + " managed:4128768kB mlocked:0kB kernel_stack:64kB pagetables:0kB bounce:0kB free_pcp:0kB"
        + " local_pcp:0kB free_cma:0kB",
    "lowmem_reserve[]: 0 0 0",
    "Node 0 DMA: 2*64kB (UM) 2*128kB (M) 0*256kB = 384kB",
    "Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=524288kB",
    "88 total pagecache pages",
    "Free swap  = 0kB",
    "Total swap = 0kB",
    "65536 pages RAM",
    "0 pages HighMem/MovableOnly",
    "1024 pages reserved",
    "[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name",
    "[  200]     0   200     1000      900       3       2        0             0 a",
    "Out of memory: Kill process 200 (a) score 13 or sacrifice child",
    "Killed process 200 (a) total-vm:64000kB, anon-rss:57600kB, file-rss:0kB, shmem-rss:0kB",
  };

  /** 5.0: summary line, and still two lines for the kill, the second without a message. */
  static final String[] V5_0_MEMCG = {
    "sh invoked oom-killer: gfp_mask=0x6000c0(GFP_KERNEL), order=0, oom_score_adj=0",
    "CPU: 0 PID: 9 Comm: sh Not tainted 5.0.0 #1",
    "Call Trace:",
    " dump_stack+0x67/0x9e",
    " mem_cgroup_out_of_memory+0x138/0x150",
    "memory: usage 1024kB, limit 1024kB, failcnt 3",
    "swap: usage 0kB, limit 0kB, failcnt 0",
    "Memory cgroup stats for /a:b: cache:0KB rss:900KB rss_huge:0KB shmem:0KB",
    "Tasks state (memory values in pages):",
    "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    "[      9]     0     9      500      225    36864        0             0 sh",
    "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,2-3,"
        + "oom_memcg=/a:b,task_memcg=/a:b,c=d,task=sh,pid=9,uid=-2",
    "Memory cgroup out of memory: Kill process 9 (sh) score 914 or sacrifice child",
    "Killed process 9 (sh) total-vm:2000kB, anon-rss:900kB, file-rss:0kB, shmem-rss:0kB",
  };

  /** 5.4.0: page tables in bytes with kB behind them. */
  static final String[] V5_4_0 = {
    "Tasks state (memory values in pages):",
    "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    "[   1234]  1000  1234   500000   400000  3276800        0             0 eater",
    "Out of memory: Killed process 1234 (eater) total-vm:2000000kB, anon-rss:1600000kB,"
        + " file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:3276800kB oom_score_adj:0",
  };

  /** SysRq on 6.8, with the new columns. */
  static final String[] V6_8_SYSRQ = {
    "sysrq: Manual OOM execution",
    "kworker/0:1 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=-1, oom_score_adj=0",
    "CPU: 0 UID: 0 PID: 10 Comm: kworker/0:1 Tainted: G        W          6.12.0 #1"
        + " PREEMPT(voluntary) ",
    "Tainted: [W]=WARN",
    "Hardware name: x",
    "Workqueue: events moom_callback",
    "Call Trace:",
    " <TASK>",
    " dump_stack_lvl+0x5d/0x80",
    " ? show_bug+0x1/0x2 [mod 0123]",
    " moom_callback+0x5f/0xa0",
    " </TASK>",
    "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents"
        + " oom_score_adj name",
    "[    300]  1000   300     1000      900      700      150        50    40960        5"
        + "             0 7 zip",
    "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,"
        + "task_memcg=/x,task=,task=7,pid=1,pid=300,uid=1000",
    "Out of memory: Killed process 300 (7 zip) total-vm:4000kB, anon-rss:2800kB, file-rss:600kB,"
        + " shmem-rss:200kB, UID:1000 pgtables:40kB oom_score_adj:0",
  };

  /** arm's two names in a line, and a failed allocation of the network. */
  static final String[] ARM_FAILURE = {
    "ksoftirqd/1: page allocation failure: order:1, mode:0x484020(GFP_ATOMIC|__GFP_COMP),"
        + " nodemask=(null)",
    "ksoftirqd/1 cpuset=/ mems_allowed=0",
    "CPU: 1 PID: 16 Comm: ksoftirqd/1 Not tainted 4.19.0 #1",
    "[<8010ff30>] (unwind_backtrace) from [<8010c174>] (show_stack+0x20/0x24)",
    "[<8010c174>] (show_stack) from [<80a4b1d4>] (dump_stack+0xc8/0x10c)",
    "Mem-Info:",
    "active_anon:1 inactive_anon:2 isolated_anon:0",
    "0 pages hwpoisoned",
  };

  static final String[] SLUB = {
    "SLUB: Unable to allocate memory on node -1, gfp=0xa20(GFP_ATOMIC)",
    "  cache: kmalloc-256(960:helper-logs), object size: 256, buffer size: 256, default order: 1,"
        + " min order: 0",
    "  node 0: slabs: 10, objs: 320, free: 0",
  };

  static final String[] PANIC = {
    "a invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0",
    "Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled",
  };

  static final List<String[]> ALL =
      List.of(EL6, EL7_MEMCG, V4_14, V5_0_MEMCG, V5_4_0, V6_8_SYSRQ, ARM_FAILURE, SLUB, PANIC);

  private EraForms() {}
}
