package io.oomstream.kernel;

import static io.oomstream.kernel.Role.AFTER;
import static io.oomstream.kernel.Role.BODY;
import static io.oomstream.kernel.Role.CLOSES;
import static io.oomstream.kernel.Role.CONTEXT;
import static io.oomstream.kernel.Role.OPENS;
import static io.oomstream.kernel.Role.STANDALONE;
import static io.oomstream.kernel.Role.TAIL;
import static io.oomstream.kernel.Shape.contains;
import static io.oomstream.kernel.Shape.numberThen;
import static io.oomstream.kernel.Shape.oneOf;
import static io.oomstream.kernel.Shape.scanned;
import static io.oomstream.kernel.Shape.startsWith;

/**
 * The grammar: one rule for each line shape of the kernel. The first rule that fits, in this order,
 * has the line. To support a new line: one rule here, one fixture.
 */
public enum LineRule {
  SYSRQ_OOM(
      BODY,
      Section.SYSRQ,
      contains("Manual OOM execution"),
      "drivers/tty/sysrq.c: sysrq_handle_moom"),

  SYSRQ_MEMORY(
      STANDALONE,
      Section.SYSRQ,
      contains("ysrq: Show Memory"),
      "drivers/tty/sysrq.c: sysrq_handle_showmem, 4.1+"),
  SYSRQ_MEMORY_OLD(
      STANDALONE,
      Section.SYSRQ,
      contains("SysRq : Show Memory"),
      "drivers/char/sysrq.c, drivers/tty/sysrq.c: sysrq_handle_showmem, up to 4.20"),
  INVOKED(
      OPENS,
      Section.INVOCATION,
      contains(" invoked oom-killer: gfp_mask="),
      "mm/oom_kill.c: dump_header, 2.6.18+"),
  INVOKED_OLD(
      OPENS,
      Section.INVOCATION,
      startsWith("oom-killer: gfp_mask="),
      "mm/oom_kill.c: out_of_memory, 2.6.8-2.6.17: without the name"),
  INVOKED_UB(
      OPENS,
      Section.INVOCATION,
      contains(" invoked oom-killer in ub ", " generation ", " gfp 0x"),
      "kernel/bc/oom_kill.c of OpenVZ 2.6.32: ub_oom_lock"),
  UB_OOM_ENDS(
      STANDALONE,
      Section.NOTICE,
      startsWith("oom-killer in ub ", " ends: "),
      "kernel/bc/oom_kill.c of OpenVZ 2.6.32: __ub_release_oom_control"),
  UB_OOM_RAGE(
      STANDALONE,
      Section.NOTICE,
      startsWith("OOM killer in rage"),
      "mm/oom_kill.c of OpenVZ 2.6.32: oom_berserker"),
  COMPACTION_DISABLED(
      BODY,
      Section.INVOCATION,
      startsWith("COMPACTION is disabled!!!"),
      "mm/oom_kill.c: dump_header, 4.7+"),

  PAGE_ALLOCATION_FAILURE(
      OPENS, Section.FAILURE, scanned(LineScanner.FAILURE), "mm/page_alloc.c: warn_alloc"),
  PAGE_ALLOCATION_FAILURE_NAMELESS(
      OPENS,
      Section.FAILURE,
      startsWith("page allocation failure: order:"),
      "mm/page_alloc.c: warn_alloc, 4.9: the name before it was torn off"),
  PAGE_ALLOCATION_STALL(
      OPENS,
      Section.FAILURE,
      scanned(LineScanner.STALL),
      "mm/page_alloc.c: __alloc_pages_slowpath, 4.10-4.14; check_alloc_stall_warn, 7.1+"),
  PAGE_ALLOCATION_STALL_MISSPELT(
      OPENS,
      Section.FAILURE,
      contains(": page alloction stalls for "),
      "mm/page_alloc.c: __alloc_pages_slowpath, 4.9"),
  FAILURE_MODE(
      TAIL,
      Section.FAILURE,
      startsWith(", mode:0x", "GFP_"),
      "mm/page_alloc.c: warn_alloc_stall, warn_alloc, 4.9: a record of its own"),
  PAGE_ALLOCATION_2_4(
      STANDALONE,
      Section.LIMIT,
      startsWith("__alloc_pages: ", "-order allocation failed (gfp=0x"),
      "mm/page_alloc.c: __alloc_pages, 2.4: no block follows"),
  VMALLOC_FAILURE(
      OPENS,
      Section.FAILURE,
      contains(": vmalloc", ", mode:0x"),
      "mm/vmalloc.c: __vmalloc_node_range, __vmalloc_area_node"),
  VMALLOC_CAUSE(
      STANDALONE,
      Section.LIMIT,
      startsWith("vmalloc: allocation failure"),
      "mm/vmalloc.c: __vmalloc_area_node, up to 4.8: a line of its own before the failure"),
  VMALLOC_RANGE(
      STANDALONE,
      Section.LIMIT,
      contains("vmalloc_node_range for size ", " failed: "),
      "mm/vmalloc.c: alloc_vmap_area, 6.x"),
  VMALLOC_SPACE(
      STANDALONE,
      Section.LIMIT,
      startsWith("allocation failed: out of vmalloc space"),
      "mm/vmalloc.c: __get_vm_area_node, up to 2.6.27"),
  NOMMU_LENGTH(
      STANDALONE,
      Section.LIMIT,
      startsWith("Allocation of length ", " from process "),
      "mm/nommu.c: do_mmap_private"),
  NOMMU_REGION(
      STANDALONE,
      Section.LIMIT,
      startsWith("Allocation of vm region for ", " byte allocation from process "),
      "mm/nommu.c: do_mmap"),
  VMAP_FAILURE(
      STANDALONE,
      Section.LIMIT,
      contains("vmap allocation for size "),
      "mm/vmalloc.c: alloc_vmap_area"),

  // Before the lines that a hostile comm could imitate: a summary may hold any bytes behind task=.
  SUMMARY(
      BODY,
      Section.SUMMARY,
      startsWith("oom-kill:constraint="),
      "mm/oom_kill.c: dump_oom_summary, 5.0+"),

  NO_KILLABLE(
      CLOSES,
      Section.KILL,
      startsWith("Out of memory and no killable processes..."),
      "mm/oom_kill.c: out_of_memory, 4.20+"),
  PANIC(
      CLOSES,
      Section.PANIC,
      startsWith("Kernel panic - not syncing: ", "ut of memory"),
      "mm/oom_kill.c: check_panic_on_oom"),
  PANIC_DEADLOCKED(
      CLOSES,
      Section.PANIC,
      startsWith("Kernel panic - not syncing: System is deadlocked on memory"),
      "mm/oom_kill.c: out_of_memory, 4.20+"),
  PANIC_END(
      AFTER,
      Section.PANIC,
      startsWith("---[ end Kernel panic - not syncing: ", "emory"),
      "kernel/panic.c: panic, 4.x+"),
  GROUP_KILL(
      AFTER,
      Section.GROUP_KILL,
      startsWith("Tasks in ", " are going to be killed due to memory.oom.group set"),
      "mm/memcontrol.c: mem_cgroup_print_oom_group, 4.19+"),
  VICTIM_EXITING(
      CLOSES,
      Section.KILL,
      contains("OOM victim ", " is already exiting. Skip killing the task"),
      "mm/oom_kill.c: __oom_kill_process, 5.9+"),
  REAPED(
      AFTER,
      Section.REAPER,
      startsWith("oom_reaper: reaped process "),
      "mm/oom_kill.c: oom_reap_task_mm, 4.6+"),
  UNABLE_TO_REAP(
      AFTER,
      Section.REAPER,
      startsWith("oom_reaper: unable to reap pid:"),
      "mm/oom_kill.c: oom_reap_task, 4.6+"),
  KILL_SHARING(
      AFTER,
      Section.KILL,
      startsWith("Kill process ", " sharing same memory"),
      "mm/oom_kill.c: oom_kill_process, 3.0-4.7"),
  MM_PINNED(
      AFTER,
      Section.KILL,
      startsWith("oom killer ", " has mm pinned by "),
      "mm/oom_kill.c: __oom_kill_process, 4.7+"),

  OOM_SWITCHED(
      STANDALONE,
      Section.NOTICE,
      startsWith("OOM killer ", "abled."),
      "mm/oom_kill.c: oom_killer_disable, oom_killer_enable, 4.11+"),
  FAULT_OOM_LEAKED(
      STANDALONE,
      Section.NOTICE,
      startsWith("Huh VM_FAULT_OOM leaked out to the #PF handler"),
      "mm/oom_kill.c: pagefault_out_of_memory, 5.16+"),
  TRIED_INIT(
      STANDALONE,
      Section.NOTICE,
      startsWith("tried to kill init!"),
      "mm/oom_kill.c: __oom_kill_task, up to 2.6.35"),
  TRIED_KTHREAD(
      STANDALONE,
      Section.NOTICE,
      startsWith("tried to kill an mm-less task!"),
      "mm/oom_kill.c: __oom_kill_task, up to 2.6.35"),
  SYSRQ_IGNORED(
      STANDALONE,
      Section.NOTICE,
      contains("OOM request ignored"),
      "drivers/tty/sysrq.c: moom_callback, 4.2+"),
  CHARGE_FAILED(
      STANDALONE,
      Section.LIMIT,
      contains("Memory cgroup charge failed because of no reclaimable memory!"),
      "mm/memcontrol.c: mem_cgroup_oom, 4.19"),
  TASK_ROW(BODY, Section.TASKS, scanned(LineScanner.TASK_ROW), "mm/oom_kill.c: dump_task"),
  TASK_HEADER(BODY, Section.TASKS, scanned(LineScanner.TASK_HEADER), "mm/oom_kill.c: dump_tasks"),
  TASKS_TITLE(
      BODY,
      Section.TASKS,
      startsWith("Tasks state (memory values in pages):"),
      "mm/oom_kill.c: dump_tasks, 4.19+"),

  KILLED(CLOSES, Section.KILL, scanned(LineScanner.KILLED), "mm/oom_kill.c: __oom_kill_process"),
  KILLED_UB(
      CLOSES,
      Section.KILL,
      contains("OOM killed process ", " (", ") score ", " vm:"),
      "mm/oom_kill.c of OpenVZ 2.6.32: oom_kill_task"),
  KILL_SCORE(
      BODY,
      Section.KILL,
      contains(": Kill process ", " score "),
      "mm/oom_kill.c: oom_kill_process, 2.6.36-5.0"),
  KILL_SCORE_OLD(
      BODY,
      Section.KILL,
      contains(": kill process ", " score "),
      "mm/oom_kill.c: oom_kill_process, up to 2.6.35"),
  KILLED_TAIL(
      TAIL,
      Section.KILL,
      contains(") total-vm:", "kB, anon-rss:"),
      "mm/oom_kill.c: __oom_kill_process, behind a newline in the name"),

  CPU_HEADER(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("CPU: ", " PID: ", " Comm: "),
      "lib/dump_stack.c: dump_stack_print_info, 3.10+"),
  CPU_HEADER_OLD(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("CPU: ", "ainted"),
      "arch/s390/kernel/traps.c: dump_stack; arch/arm/kernel/process.c: __show_regs; up to 3.9"),
  PROCESS_S390(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Process ", " (pid: ", ", task: "),
      "arch/s390/kernel/traps.c: dump_stack, up to 3.9"),
  PID_HEADER(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Pid: ", ", comm: "),
      "arch/x86/kernel: show_regs_common, up to 3.9"),
  TAINTED(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Tainted: ["),
      "lib/dump_stack.c: dump_stack_print_info, 6.11+"),
  HARDWARE(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Hardware name: "),
      "lib/dump_stack.c: dump_stack_print_info, 3.10+"),
  WORKQUEUE(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Workqueue: "),
      "kernel/workqueue.c: print_worker_info, 3.11+"),

  STOPPER(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Stopper: "),
      "kernel/stop_machine.c: print_stop_info, 5.14+"),
  SCHED_EXT(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Sched_ext: "),
      "kernel/sched/ext.c: print_scx_info, 6.12+"),
  CALL_TRACE(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith("Call Trace:"),
      "arch/x86/kernel/dumpstack.c: show_trace_log_lvl"),
  CALL_TRACE_ARM(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith("Call trace:"),
      "arch/arm64/kernel/stacktrace.c: dump_backtrace"),
  BACKTRACE(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith("Backtrace:"),
      "arch/arm/kernel/traps.c: dump_backtrace; arch/parisc/kernel/traps.c"),
  STACK_TRACE_ARC(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith("Stack Trace:"),
      "arch/arc/kernel/stacktrace.c: show_stacktrace"),
  UNWINDER(
      CONTEXT,
      Section.CALL_TRACE,
      oneOf("DWARF2 unwinder stuck at ", "Leftover inexact backtrace:", "Inexact backtrace:"),
      "arch/x86/kernel/traps.c: dump_trace_unwind, 2.6.18-2.6.20; SUSE's kernels to this day"),
  TRACE_END(
      CONTEXT,
      Section.CALL_TRACE,
      oneOf(" =======================", "======================="),
      "arch/i386/kernel/traps.c: show_trace_log_lvl, 2.6.18-2.6.25"),
  TRACE_MARK(
      CONTEXT,
      Section.CALL_TRACE,
      scanned(LineScanner.TRACE_MARK),
      "arch/x86/kernel/dumpstack.c: show_trace_log_lvl, stack_type_name"),
  FRAME(CONTEXT, Section.CALL_TRACE, scanned(LineScanner.FRAME), "lib/vsprintf.c: symbol_string"),
  FRAME_BRACES(
      CONTEXT,
      Section.CALL_TRACE,
      scanned(LineScanner.FRAME_BRACES),
      "arch/x86_64/kernel/traps.c: printk_address, up to 2.6.17"),
  FRAME_UML(
      CONTEXT,
      Section.CALL_TRACE,
      scanned(LineScanner.FRAME_UML),
      "arch/um/kernel/sysrq.c: show_trace, up to 3.x"),
  FUNCTION_ENTERED(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith("Function entered at [<", ">] from [<"),
      "arch/arm/kernel/traps.c: dump_backtrace_entry, without symbols"),
  STACK_IA64(
      CONTEXT,
      Section.CALL_TRACE,
      scanned(LineScanner.STACK_IA64),
      "arch/ia64/kernel/process.c: ia64_do_show_stack"),
  RAW_STACK(
      CONTEXT,
      Section.CALL_TRACE,
      scanned(LineScanner.RAW_STACK),
      "arch/x86/kernel/dumpstack_64.c: show_stack_log_lvl, up to 4.8; arch/mips, arch/s390"),
  RAW_STACK_HEAD(
      CONTEXT,
      Section.CALL_TRACE,
      oneOf("Stack : ", "Stack from ", "Stack:"),
      "arch/mips, arch/loongarch, arch/m68k, arch/sh, arch/xtensa, arch/um: show_stack"),
  FRAME_ADDRESS(
      CONTEXT,
      Section.CALL_TRACE,
      scanned(LineScanner.FRAME_ADDRESS),
      "arch/s390/kernel/dumpstack.c: show_address; frames without a symbol"),
  FRAME_PPC_INTERRUPT(
      CONTEXT,
      Section.CALL_TRACE,
      oneOf("--- interrupt: ", "--- Exception: "),
      "arch/powerpc/kernel/process.c: show_stack"),
  FRAME_PPC_LINK(
      CONTEXT,
      Section.CALL_TRACE,
      oneOf("    LR = ", "   LR = ", "LR = "),
      "arch/powerpc/kernel/process.c: show_stack, up to 5.x"),
  CODE_S390(
      CONTEXT,
      Section.REGISTERS,
      scanned(LineScanner.CODE_S390),
      "arch/s390/kernel/dis.c: show_code, the rows behind the first"),
  EXCEPTION_ROW(
      CONTEXT,
      Section.REGISTERS,
      scanned(LineScanner.EXCEPTION_ROW),
      "arch/arm/kernel/traps.c: dump_mem"),
  ARM_SAVED(
      CONTEXT,
      Section.REGISTERS,
      scanned(LineScanner.ARM_SAVED),
      "arch/arm/lib/backtrace.S: c_backtrace"),

  RIP(CONTEXT, Section.REGISTERS, startsWith("RIP: "), "arch/x86/kernel/dumpstack.c: show_ip"),
  EIP(CONTEXT, Section.REGISTERS, startsWith("EIP: "), "arch/x86/kernel/process_32.c: __show_regs"),
  CODE(
      CONTEXT,
      Section.REGISTERS,
      startsWith("Code: "),
      "arch/x86/kernel/dumpstack.c: show_opcodes, 5.x+"),
  RSP(CONTEXT, Section.REGISTERS, startsWith("RSP: "), "arch/x86/kernel/process_64.c: __show_regs"),
  RAX(
      CONTEXT,
      Section.REGISTERS,
      startsWith("RAX: ", " RBX: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  RDX(
      CONTEXT,
      Section.REGISTERS,
      startsWith("RDX: ", " RSI: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  RBP(
      CONTEXT,
      Section.REGISTERS,
      startsWith("RBP: ", " R08: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  R10(
      CONTEXT,
      Section.REGISTERS,
      startsWith("R10: ", " R11: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  R13(
      CONTEXT,
      Section.REGISTERS,
      startsWith("R13: ", " R14: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  EAX(
      CONTEXT,
      Section.REGISTERS,
      startsWith("EAX: ", " EBX: "),
      "arch/x86/kernel/process_32.c: __show_regs"),
  ESI(
      CONTEXT,
      Section.REGISTERS,
      startsWith("ESI: ", " EDI: "),
      "arch/x86/kernel/process_32.c: __show_regs"),
  DS(
      CONTEXT,
      Section.REGISTERS,
      startsWith("DS: ", " ES: "),
      "arch/x86/kernel/process_32.c: __show_regs"),
  LAST_BREAK(
      CONTEXT,
      Section.REGISTERS,
      startsWith("Last Breaking-Event-Address:"),
      "arch/s390/kernel/dumpstack.c: show_last_breaking_event"),
  EXCEPTION_STACK(
      CONTEXT,
      Section.REGISTERS,
      startsWith("Exception stack(0x"),
      "arch/arm/kernel/traps.c: dump_mem"),
  REGISTERS_X86(
      CONTEXT,
      Section.REGISTERS,
      oneOf("EFLAGS: ", "FS:  ", "CS:  ", "CR2: ", "PKRU: "),
      "arch/x86/kernel/process_64.c, process_32.c: __show_regs"),
  REGISTERS_PPC(
      CONTEXT,
      Section.REGISTERS,
      oneOf(
          "NIP: ",
          "NIP [",
          "LR [",
          "REGS: ",
          "MSR: ",
          "CFAR: ",
          "GPR00: ",
          "GPR04: ",
          "GPR08: ",
          "GPR12: ",
          "GPR16: ",
          "GPR20: ",
          "GPR24: ",
          "GPR28: ",
          "IRQMASK: ",
          "SOFTE: ",
          "DAR: ",
          "DEAR: ",
          "TASK = "),
      "arch/powerpc/kernel/process.c: __show_regs"),
  REGISTERS_PPC_LATER(
      CONTEXT,
      Section.REGISTERS,
      scanned(LineScanner.REGISTERS_PPC_LATER),
      "arch/powerpc/kernel/process.c: __show_regs, a record's later lines as dmesg indents them"),
  BITS_S390(
      CONTEXT,
      Section.REGISTERS,
      scanned(LineScanner.BITS_S390),
      "arch/s390/kernel/dumpstack.c: show_registers"),
  REGISTERS_S390(
      CONTEXT,
      Section.REGISTERS,
      oneOf(
          "User PSW : ", "Krnl PSW : ", "User GPRS: ", "Krnl GPRS: ", "User Code: ", "Krnl Code: "),
      "arch/s390/kernel/dumpstack.c: show_registers"),
  REGISTERS_ARM64(
      CONTEXT,
      Section.REGISTERS,
      oneOf(
          "pstate: ",
          "pc : ",
          "lr : ",
          "sp : ",
          "x29: ",
          "x27: ",
          "x26: ",
          "x25: ",
          "x23: ",
          "x21: ",
          "x20: ",
          "x19: ",
          "x17: ",
          "x15: ",
          "x14: ",
          "x13: ",
          "x11: ",
          "x9 : ",
          "x8 : ",
          "x7 : ",
          "x5 : ",
          "x3 : ",
          "x2 : ",
          "x1 : "),
      "arch/arm64/kernel/process.c: __show_regs"),
  REGISTERS_ARM(
      CONTEXT,
      Section.REGISTERS,
      oneOf(
          "PC is at ",
          "LR is at ",
          "r10: ",
          "r7 : ",
          "r3 : ",
          "Flags: n",
          "Flags: N",
          "Control: 1"),
      "arch/arm/kernel/process.c: __show_regs"),
  REGISTERS_RISCV(
      CONTEXT,
      Section.REGISTERS,
      oneOf(
          "epc : ",
          " gp : ",
          " t0 : ",
          " t2 : ",
          " s1 : ",
          " a1 : ",
          " a2 : ",
          " a5 : ",
          " s2 : ",
          " s5 : ",
          " s8 : ",
          " s11: ",
          " t5 : ",
          "gp : ",
          "t0 : ",
          "t2 : ",
          "s1 : ",
          "a1 : ",
          "a2 : ",
          "a5 : ",
          "s2 : ",
          "s5 : ",
          "s8 : ",
          "s11: ",
          "t5 : ",
          "status: 0",
          "status: 8"),
      "arch/riscv/kernel/process.c: __show_regs"),
  REGISTERS_LOONGARCH(
      CONTEXT,
      Section.REGISTERS,
      scanned(LineScanner.LOONGARCH_REGISTERS),
      "arch/loongarch/kernel/traps.c: __show_regs"),
  STATE_LOONGARCH(
      CONTEXT,
      Section.REGISTERS,
      oneOf(
          "   ra: ", "  ERA: ", " CRMD: ", " PRMD: ", " EUEN: ", " ECFG: ", "ESTAT: ", " BADV: ",
          " PRID: ", "ra: ", "ERA: ", "CRMD: ", "PRMD: ", "EUEN: ", "ECFG: ", "BADV: ", "PRID: "),
      "arch/loongarch/kernel/traps.c: __show_regs"),
  REGISTERS_MIPS(
      CONTEXT,
      Section.REGISTERS,
      oneOf(
          "$ 0   : ",
          "$ 4   : ",
          "$ 8   : ",
          "$12   : ",
          "$16   : ",
          "$20   : ",
          "$24   : ",
          "$28   : ",
          "Hi    : ",
          "Lo    : ",
          "epc   : ",
          "ra    : ",
          "Status: 0",
          "Status: 1",
          "Cause : ",
          "BadVA : ",
          "PrId  : "),
      "arch/mips/kernel/traps.c: __show_regs"),

  MEMCG_KILLED_BY_LIMIT(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("Task in ", " killed"),
      "mm/memcontrol.c: mem_cgroup_print_oom_info, up to 4.20"),
  MEMCG_RESULT_OF_LIMIT(
      BODY,
      Section.MEMCG_USAGE,
      startsWith(" as a result of limit of "),
      "mm/memcontrol.c: mem_cgroup_print_oom_info, up to 3.15, its second half"),
  MEMCG_LIMIT_REACHED(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("Memory limit reached of cgroup "),
      "mm/memcontrol.c: mem_cgroup_print_oom_info, 3.16-4.20"),
  MEMCG_MEMORY(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("memory: usage "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo"),
  MEMCG_MEMSW(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("memory+swap: usage "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo, v1"),
  MEMCG_SWAP(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("swap: usage "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo, v2"),
  MEMCG_KMEM(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("kmem: usage "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo, v1"),
  MEMCG_STATS(
      BODY,
      Section.MEMCG_STATS,
      startsWith("Memory cgroup stats for "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo"),
  MEMCG_STATS_OVERFLOW(
      CONTEXT,
      Section.MEMCG_STATS,
      contains(": Warning, stat buffer overflow"),
      "mm/memcontrol.c: memory_stat_format, 6.10+"),
  MEMCG_PROTECTION(
      BODY,
      Section.MEMCG_STATS,
      startsWith("Memory cgroup min protection "),
      "mm/memcontrol.c: mem_cgroup_show_protected_memory, 6.19+"),

  MEM_INFO(
      BODY,
      Section.MEM_INFO,
      oneOf("Mem-Info:", "Mem-info:"),
      "mm/show_mem.c: __show_mem; the small i up to 2.6.2x"),
  FREE_PAGES_OLD(
      BODY,
      Section.MEM_INFO,
      startsWith("Free pages:", "kB (", "kB HighMem)"),
      "mm/page_alloc.c: show_free_areas, up to 2.6.23"),
  TOTALS_ANON(
      BODY,
      Section.MEM_INFO,
      startsWith("active_anon:", " inactive_anon:"),
      "mm/show_mem.c: show_free_areas"),
  TOTALS_FILE(
      BODY, Section.MEM_INFO, startsWith(" active_file:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_UNEVICTABLE(
      BODY, Section.MEM_INFO, startsWith(" unevictable:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_SLAB(
      BODY, Section.MEM_INFO, startsWith(" slab_reclaimable:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_MAPPED(BODY, Section.MEM_INFO, startsWith(" mapped:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_SEC_PAGETABLES(
      BODY,
      Section.MEM_INFO,
      startsWith(" sec_pagetables:"),
      "mm/show_mem.c: show_free_areas, 6.1+"),
  TOTALS_MISC(
      BODY,
      Section.MEM_INFO,
      startsWith(" kernel_misc_reclaimable:"),
      "mm/show_mem.c: show_free_areas, 5.15+"),
  TOTALS_FREE(BODY, Section.MEM_INFO, startsWith(" free:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_FREE_CMA(
      BODY, Section.MEM_INFO, startsWith(" free_cma:"), "lib/show_mem.c: show_mem, 3.7-4.0"),

  TOTALS_2_6(
      BODY,
      Section.MEM_INFO,
      startsWith("Active:", " inactive:"),
      "mm/page_alloc.c: show_free_areas, up to 2.6.27"),
  TOTALS_2_6_28(
      BODY,
      Section.MEM_INFO,
      startsWith("Active_anon:", " active_file:"),
      "mm/page_alloc.c: show_free_areas, 2.6.28-2.6.31"),
  TOTALS_TRIMMED(
      BODY,
      Section.MEM_INFO,
      scanned(LineScanner.TRIMMED_TOTALS),
      "mm/show_mem.c: show_free_areas, by way of a shipper that trims"),

  NODE(BODY, Section.NODES, scanned(LineScanner.NODE), "mm/show_mem.c: show_free_areas, 4.8+"),
  ZONE(BODY, Section.ZONES, contains(" free:", "kB", " min:"), "mm/show_mem.c: show_free_areas"),
  LOWMEM_RESERVE(
      BODY, Section.ZONES, startsWith("lowmem_reserve[]:"), "mm/show_mem.c: show_free_areas"),
  PROTECTIONS(
      BODY,
      Section.ZONES,
      startsWith("protections[]: "),
      "mm/page_alloc.c: show_free_areas, up to 2.6.9"),
  PER_CPU(
      BODY, Section.MEM_INFO, contains(" per-cpu:"), "mm/page_alloc.c: show_free_areas, up to 4.0"),
  PER_CPU_ROW(
      BODY,
      Section.MEM_INFO,
      startsWith("CPU ", "hi:", ", btch:"),
      "mm/page_alloc.c: show_free_areas, up to 4.0"),
  PER_CPU_ROW_OLD(
      BODY,
      Section.MEM_INFO,
      startsWith("cpu ", "high ", ", batch "),
      "mm/page_alloc.c: show_free_areas, up to 2.6.19"),
  FREE_LIST(
      BODY, Section.FREE_LISTS, scanned(LineScanner.FREE_LIST), "mm/show_mem.c: show_free_areas"),
  EMPTY_ZONE(
      BODY,
      Section.FREE_LISTS,
      scanned(LineScanner.EMPTY_ZONE),
      "mm/page_alloc.c: show_free_areas, up to 2.6.2x"),
  HUGE_PAGES(
      BODY,
      Section.HUGE_PAGES,
      contains("hugepages_total=", "hugepages_free="),
      "mm/hugetlb.c: hugetlb_show_meminfo_node, 3.10+"),

  PAGE_CACHE(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" total pagecache pages"),
      "mm/show_mem.c: show_free_areas"),
  PAGE_CACHE_OLD(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pagecache pages"),
      "mm/page_alloc.c: show_free_areas, up to 2.6.2x"),
  SWAP_CACHE(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages in swap cache"),
      "mm/swap_state.c: show_swap_cache_info"),
  SWAP_CACHE_STATS(
      BODY,
      Section.PAGE_TOTALS,
      startsWith("Swap cache stats: "),
      "mm/swap_state.c: show_swap_cache_info, up to 5.19"),
  FREE_SWAP(
      BODY,
      Section.PAGE_TOTALS,
      oneOf("Free swap  = ", "Free swap = "),
      "mm/swap_state.c: show_swap_cache_info"),
  TOTAL_SWAP(
      BODY,
      Section.PAGE_TOTALS,
      startsWith("Total swap = "),
      "mm/swap_state.c: show_swap_cache_info"),
  PAGES_RAM(BODY, Section.PAGE_TOTALS, numberThen(" pages RAM"), "mm/show_mem.c: __show_mem"),
  PAGES_HIGHMEM(
      BODY, Section.PAGE_TOTALS, numberThen(" pages HighMem"), "mm/show_mem.c: __show_mem"),
  PAGES_RESERVED(
      BODY, Section.PAGE_TOTALS, numberThen(" pages reserved"), "mm/show_mem.c: __show_mem"),
  PAGES_CMA(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages cma reserved"),
      "mm/show_mem.c: __show_mem, 3.19+"),
  PAGES_SHARED(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages shared"),
      "lib/show_mem.c: show_mem, up to 3.13"),
  PAGES_NON_SHARED(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages non-shared"),
      "lib/show_mem.c: show_mem, up to 3.13"),
  PAGES_HWPOISONED(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages hwpoisoned"),
      "mm/show_mem.c: __show_mem, 3.14+"),
  PAGES_OF_RAM(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages of RAM"),
      "arch/*/mm: show_mem of the architecture, up to 2.6.3x"),
  PAGES_OF_HIGHMEM(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages of HIGHMEM"),
      "arch/x86/mm: show_mem of the architecture, up to 2.6.2x"),
  PAGES_RESERVED_OLD(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" reserved pages"),
      "arch/*/mm: show_mem of the architecture, up to 3.x"),
  PAGES_FREE_OLD(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" free pages"),
      "arch/arm/mm/init.c: show_mem, up to 3.x"),
  PAGES_SLAB_OLD(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" slab pages"),
      "arch/arm/mm/init.c: show_mem, up to 3.x"),
  PAGES_SWAP_CACHED(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages swap cached"),
      "arch/*/mm: show_mem of the architecture, up to 3.x"),
  FREE_SWAP_OLD(
      BODY,
      Section.PAGE_TOTALS,
      startsWith("Free swap: "),
      "arch/*/mm: show_mem of the architecture, up to 2.6.2x"),
  SWAP_CACHE_OLD(
      BODY,
      Section.PAGE_TOTALS,
      startsWith("Swap cache: add "),
      "mm/swap_state.c: show_swap_cache_info, up to 2.6.2x"),
  PAGES_OF_STATE(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(
          " pages dirty", " pages writeback", " pages mapped", " pages slab", " pages pagetables"),
      "arch/i386/mm/pgtable.c: show_mem, 2.6.14-2.6.27"),
  PAGES_QUICKLIST(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages in pagetable cache"),
      "lib/show_mem.c: show_mem, up to 5.1"),
  ALLOCATION_PROFILE(
      BODY,
      Section.PAGE_TOTALS,
      startsWith("Memory allocations"),
      "mm/show_mem.c: __show_mem, 6.10+"),

  ALLOCATION_PROFILE_ROW(
      BODY,
      Section.PAGE_TOTALS,
      scanned(LineScanner.ALLOCATION_ROW),
      "mm/show_mem.c: __show_mem, 6.10+"),

  SLAB_TITLE(
      BODY,
      Section.SLAB,
      startsWith("Unreclaimable slab info:"),
      "mm/slab_common.c: dump_unreclaimable_slab, 4.15+"),
  SLAB_HEADER(
      BODY,
      Section.SLAB,
      startsWith("Name ", "Used ", "Total"),
      "mm/slab_common.c: dump_unreclaimable_slab, 4.15+"),
  SLAB_UNREADABLE(
      BODY,
      Section.SLAB,
      startsWith("excessive unreclaimable slab but cannot dump stats"),
      "mm/slab_common.c: dump_unreclaimable_slab, 4.15+"),
  SLAB_ROW(
      BODY,
      Section.SLAB,
      scanned(LineScanner.SLAB_ROW),
      "mm/slab_common.c: dump_unreclaimable_slab, 4.15+"),

  SLUB_FAILURE(
      OPENS,
      Section.SLAB_FAILURE,
      startsWith("SLUB: Unable to allocate memory on "),
      "mm/slub.c: slab_out_of_memory"),
  SLAB_FAILURE(
      OPENS,
      Section.SLAB_FAILURE,
      startsWith("SLAB: Unable to allocate memory on "),
      "mm/slab.c: slab_out_of_memory, 3.4-6.7"),
  SLAB_FAILURE_CACHE(
      BODY,
      Section.SLAB_FAILURE,
      contains("cache: ", ", object size: "),
      "mm/slub.c: slab_out_of_memory"),
  SLAB_FAILURE_DEBUG(
      BODY,
      Section.SLAB_FAILURE,
      contains(" debugging increased min order, use sl"),
      "mm/slub.c: slab_out_of_memory"),
  SLAB_FAILURE_NODE(
      BODY,
      Section.SLAB_FAILURE,
      contains("node ", ": slabs: ", ", free: "),
      "mm/slub.c: slab_out_of_memory"),

  PIDS_LIMIT(
      STANDALONE,
      Section.LIMIT,
      contains("fork rejected by pids controller in "),
      "kernel/cgroup/pids.c: pids_event"),
  OVERCOMMIT_REFUSED(
      STANDALONE,
      Section.LIMIT,
      contains(" not enough memory for the allocation"),
      "mm/util.c: __vm_enough_memory, 6.6+"),
  HUGE_PAGE_POOL(
      STANDALONE,
      Section.LIMIT,
      contains("PID ", " killed due to inadequate hugepage pool"),
      "arch/*/mm/hugetlbpage.c, mm/hugetlb.c"),
  SHM_HUGETLB(
      STANDALONE,
      Section.NOTICE,
      contains(": Using mlock ulimits for SHM_HUGETLB is "),
      "fs/hugetlbfs/inode.c: hugetlb_file_setup"),
  CMA_FAILED(
      STANDALONE,
      Section.LIMIT,
      contains("cma: ", "alloc failed, req-size: "),
      "mm/cma.c: cma_alloc"),
  CMA_AVAILABLE(
      STANDALONE,
      Section.NOTICE,
      contains("number of available pages: "),
      "mm/cma.c: cma_debug_show_areas"),
  CONTIG_RANGE_BUSY(
      STANDALONE,
      Section.LIMIT,
      contains("alloc_contig_range: [", " PFNs busy"),
      "mm/page_alloc.c: alloc_contig_range"),
  ZSWAP_POOL(
      STANDALONE,
      Section.LIMIT,
      contains("zswap: pool alloc failed"),
      "mm/zswap.c: zswap_pool_create"),
  ZRAM_FAILED(
      STANDALONE,
      Section.LIMIT,
      contains("zram: Error allocating memory for compressed page"),
      "drivers/block/zram/zram_drv.c"),
  SWAP_WRITE_ERROR(
      STANDALONE,
      Section.LIMIT,
      startsWith("Write-error on swap-device "),
      "mm/page_io.c: end_swap_bio_write"),
  SWAP_READ_ERROR(
      STANDALONE,
      Section.LIMIT,
      startsWith("Read-error on swap-device "),
      "mm/page_io.c: end_swap_bio_read"),
  TCP_MEMORY(
      STANDALONE,
      Section.LIMIT,
      contains("out of memory -- consider tuning tcp_mem"),
      "net/ipv4/tcp.c: tcp_check_oom"),
  PERCPU_FAILED(
      STANDALONE,
      Section.LIMIT,
      startsWith("percpu: allocation failed, size="),
      "mm/percpu.c: pcpu_alloc"),
  OOMD_PRESSURE(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("Killed ", " due to memory pressure for ", "% > "),
      "systemd src/oom/oomd-manager.c: monitor_memory_pressure_contexts_handler, 247+"),
  OOMD_SWAP(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("Killed ", " due to ", " used (", ") / total (", "more than "),
      "systemd src/oom/oomd-manager.c: monitor_swap_contexts_handler, 247+"),
  OOMD_MARKED(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("Marked ", " for killing due to "),
      "systemd src/oom/oomd-manager.c, 259+"),
  OOMD_COUNT(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("oomd killed ", " process(es) in "),
      "systemd src/oom/oomd-util.c: oomd_cgroup_kill; src/core/cgroup.c, 248+"),
  TALOS_OOM(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("ending SIGKILL to cgroup", "\"cgroup\": \""),
      "Talos internal/app/machined/pkg/controllers/runtime/oom.go: reapCg, 1.12+"),
  EARLYOOM(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("sending SIG", " to process ", ": ", "VmRSS "),
      "earlyoom kill.c: kill_process"),
  EARLYOOM_OLD(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("illing process ", " with signal ", "badness", "VmRSS"),
      "earlyoom kill.c: kill_by_rss, kill_process, 1.1-1.2"),
  NOHANG(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("Send", " SIG", " to the victim"),
      "nohang: implement_corrective_action"),
  NOHANG_VICTIM(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("PID: ", "ame: ", ", badness: "),
      "nohang: find_victim: whom it would kill"),
  FB_OOMD(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("oomd kill: ", " ruleset:["),
      "oomd src/oomd/plugins/BaseKillPlugin: logKill"),
  LMKD(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("lowmemorykiller", ": Kill", " '", "' (", "), uid "),
      "android system/memory/lmkd: kill_one_process"),
  LOWMEMORYKILLER(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("Killing '", "' (", "), adj "),
      "drivers/staging/android/lowmemorykiller.c: lowmem_scan, up to 4.11"),
  LOWMEMORYKILLER_OLD(
      STANDALONE,
      Section.USERSPACE_KILL,
      contains("send sigkill to ", " (", "), adj ", ", size "),
      "drivers/staging/android/lowmemorykiller.c: lowmem_shrink, up to 3.10"),
  LOWMEMORYKILLER_REASON(
      STANDALONE,
      Section.NOTICE,
      contains("to free ", "kB on behalf of '"),
      "drivers/staging/android/lowmemorykiller.c: lowmem_scan, up to 4.11"),
  LOWMEMORYKILLER_CACHE(
      STANDALONE,
      Section.NOTICE,
      contains("kB is below limit "),
      "drivers/staging/android/lowmemorykiller.c: lowmem_scan, up to 4.11"),
  LOWMEMORYKILLER_FREE(
      STANDALONE,
      Section.NOTICE,
      contains("Free memory is ", "kB above reserved"),
      "drivers/staging/android/lowmemorykiller.c: lowmem_scan, up to 4.11"),
  ELIDED(
      CONTEXT,
      Section.UNKNOWN,
      scanned(LineScanner.ELIDED),
      "no kernel: what people and grep put where they leave lines out"),
  CALLBACKS_SUPPRESSED(
      STANDALONE, Section.LOSS, contains(" callbacks suppressed"), "lib/ratelimit.c: ___ratelimit"),
  MESSAGES_DROPPED(
      STANDALONE,
      Section.LOSS,
      contains("printk messages dropped"),
      "kernel/printk/printk.c: console_flush_all"),
  RECORDS_DROPPED(
      STANDALONE,
      Section.LOSS,
      startsWith("printk: ", " messages "),
      "kernel/printk/printk.c: printk_ratelimit, devkmsg_read"),
  JOURNAL_MISSED(
      STANDALONE,
      Section.LOSS,
      startsWith("Missed ", " kernel messages"),
      "systemd src/journal/journald-kmsg.c"),
  RECORDS_LOST(
      STANDALONE,
      Section.LOSS,
      startsWith("[ lost ", " messages ]"),
      "a reader of /dev/kmsg that was overtaken"),
  REPLAYING(
      STANDALONE,
      Section.NOTICE,
      startsWith("** replaying previous printk message **"),
      "kernel/printk/printk.c: console_replay_all, 6.x"),
  IMJOURNAL_LOST(
      STANDALONE,
      Section.LOSS,
      contains(" messages lost due to rate-limiting"),
      "rsyslog plugins/imjournal"),
  JOURNAL_SUPPRESSED(
      STANDALONE,
      Section.LOSS,
      startsWith("Suppressed ", " messages from "),
      "systemd src/journal/journald-rate-limit.c"),
  BOOT(Role.BOOT, Section.BOOT, startsWith("Linux version "), "init/main.c: start_kernel"),
  BOOT_MEMORY(
      Role.BOOT,
      Section.BOOT,
      startsWith("Memory: ", " available"),
      "mm/mm_init.c: mem_init_print_info; per architecture up to 3.10"),
  BOOT_FREED(
      Role.BOOT,
      Section.BOOT,
      startsWith("Freeing ", " memory: "),
      "mm/page_alloc.c: free_reserved_area; per architecture up to 3.10"),
  BOOT_CRASH_KERNEL(
      Role.BOOT,
      Section.BOOT,
      startsWith("crashkernel ", "reserved: 0x"),
      "kernel/crash_reserve.c: reserve_crashkernel_generic; per architecture up to 6.8"),
  BOOT_CRASH_KERNEL_OLD(
      Role.BOOT,
      Section.BOOT,
      startsWith("Reserving ", "MB of memory at ", " for crashkernel"),
      "arch/x86/kernel/setup.c: reserve_crashkernel, up to 6.8"),
  BOOT_HUGE_PAGES(
      Role.BOOT,
      Section.BOOT,
      startsWith("HugeTLB", " registered ", "pre-allocated "),
      "mm/hugetlb.c: report_hugepages"),
  BOOT_BOUNCE_BUFFER(
      Role.BOOT,
      Section.BOOT,
      startsWith("software IO TLB", "mapped "),
      "kernel/dma/swiotlb.c: swiotlb_print_info"),
  BOOT_PER_CPU(
      Role.BOOT,
      Section.BOOT,
      oneOf("percpu: Embedded ", "PERCPU: Embedded "),
      "mm/percpu.c: pcpu_embed_first_chunk"),
  BOOT_CPUS(
      Role.BOOT,
      Section.BOOT,
      startsWith("setup_percpu: ", "nr_cpu_ids:"),
      "arch/x86/kernel/setup_percpu.c: setup_per_cpu_areas"),
  BOOT_SLUB(Role.BOOT, Section.BOOT, startsWith("SLUB: ", "CPUs="), "mm/slub.c: kmem_cache_init"),
  BOOT_HASH_TABLE(
      Role.BOOT,
      Section.BOOT,
      oneOf("Dentry cache hash table entries: ", "Inode-cache hash table entries: "),
      "mm/mm_init.c: alloc_large_system_hash; mm/page_alloc.c up to 6.3"),
  BOOT_LOG_BUFFER(
      Role.BOOT,
      Section.BOOT,
      oneOf("printk: log_buf_len: ", "log_buf_len: "),
      "kernel/printk/printk.c: setup_log_buf"),
  BOOT_BALLOON(
      Role.BOOT,
      Section.BOOT,
      oneOf("hv_balloon: ", "xen:balloon: ", "VMware memory control driver", "virtio_balloon "),
      "drivers/hv/hv_balloon.c, drivers/xen/balloon.c, drivers/misc/vmw_balloon.c,"
          + " drivers/virtio/virtio_balloon.c"),

  // Last: these have the weakest shapes.
  CPUSET(
      CONTEXT,
      Section.CPUSET,
      contains(" cpuset=", " mems_allowed="),
      "kernel/cpuset.c: cpuset_print_current_mems_allowed, up to 4.20"),
  FRAME_TRIMMED(
      CONTEXT,
      Section.CALL_TRACE,
      scanned(LineScanner.FRAME_TRIMMED),
      "lib/vsprintf.c: symbol_string, by way of a shipper that trims"),
  PIECE(
      CONTEXT,
      Section.FREE_LISTS,
      scanned(LineScanner.PIECE),
      "mm/page_alloc.c: show_free_areas, continuations that were torn apart"),
  PAGES_OTHER(
      CONTEXT,
      Section.PAGE_TOTALS,
      numberThen(" pages "),
      "mm/show_mem.c: __show_mem, of a kernel that is not known: kept, and counted as not read"),
  MEMCG_STAT(
      CONTEXT,
      Section.MEMCG_STATS,
      scanned(LineScanner.MEMCG_STAT),
      "mm/memcontrol.c: memory_stat_format, 5.3+"),
  COUNTERS(
      CONTEXT,
      Section.MEM_INFO,
      scanned(LineScanner.COUNTERS),
      "mm/show_mem.c: show_free_areas, totals of a kernel that is not known"),
  SUMMARY_TAIL(
      TAIL,
      Section.SUMMARY,
      scanned(LineScanner.SUMMARY_TAIL),
      "mm/oom_kill.c: dump_oom_summary, behind LOG_LINE_MAX or a newline in the name"),

  /** Not a shape of any kernel: what a line must look like to be kept although no rule has it. */
  UNKNOWN(
      Role.UNKNOWN,
      Section.UNKNOWN,
      scanned(LineScanner.UNKNOWN),
      "none: a line of a kernel that is not known");

  private final Role role;
  private final Section section;
  private final Shape shape;
  private final String source;

  LineRule(Role role, Section section, Shape shape, String source) {
    this.role = role;
    this.section = section;
    this.shape = shape;
    this.source = source;
  }

  public Role role() {
    return role;
  }

  public Section section() {
    return section;
  }

  /** The kernel file and function that print the line, and since when. */
  public String source() {
    return source;
  }

  Shape shape() {
    return shape;
  }
}
