package io.oomstream.block.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.EventJson;
import io.oomstream.event.section.Memory;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.PlainPipeline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The boot's reserved memory against the report's: every byte is told of. */
class BootMemoryTest {

  static Stream<LabLogs.LabLog> logs() {
    return LabLogs.all().stream().filter(log -> log.form().equals("kmsg.log"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void addsUpOnRealKernels(LabLogs.LabLog log) {
    BootFacts facts = BootFacts.NONE;
    for (byte[] line : log.lines()) {
      String text = new String(line, StandardCharsets.ISO_8859_1);
      facts = facts.with(text.substring(text.indexOf(';') + 1));
    }
    // A flood of lines may have pushed the boot out of the kernel's buffer.
    assertThat(facts.isKnown() || log.scenario().equals("06-forkbomb")).isTrue();
    for (KernelBlock block : PlainPipeline.run(log).parsed()) {
      Memory memory = block.memory();
      Memory.Boot found = BootMemory.of(facts, memory, block.host().pageSizeBytes());
      if (!facts.isKnown() || memory == null || memory.reservedBytes() == null) {
        assertThat(found).isNull();
        continue;
      }
      Memory.Boot boot = Objects.requireNonNull(found);
      check(memory, boot);
      assertThat(memory.boot()).as("of the block itself").isEqualTo(boot);
      assertThat(boot.reservedSinceBytes()).as("nothing was plugged in or ballooned").isZero();
      assertThat(boot.totalSinceBytes()).isZero();
      assertThat(boot.reservedParts()).containsKeys("kernelCode", "kernelData", "kernelBss");
      assertThat(EventJson.toTree(boot).path("freed").size()).isEqualTo(boot.freed().size());
    }
  }

  private static void check(Memory memory, Memory.Boot boot) {
    long reserved = Objects.requireNonNull(memory.reservedBytes());
    long freed = boot.freed().values().stream().mapToLong(Long::longValue).sum();
    long parts = boot.reservedParts().values().stream().mapToLong(Long::longValue).sum();
    assertThat(boot.freedBytes()).isEqualTo(freed);
    assertThat(boot.reservedBytes() - freed + boot.reservedSinceBytes()).isEqualTo(reserved);
    assertThat(parts + boot.unnamedBytes()).isEqualTo(reserved);
    assertThat(boot.unnamedBytes()).isNotNegative();
  }

  @Test
  void readsWhatOtherKernelsPrint() {
    assertThat(
            facts(
                    "Memory: 7948224k/9175040k available (5122k kernel code, 1058200k absent,"
                        + " 168616k reserved, 6945k data, 1284k init)",
                    "Freeing unused kernel memory: 1284k freed",
                    "Freeing initrd memory: 6096K (ffff880037000000 - ffff8800375f4000)")
                .figures())
        .containsEntry("total", (9175040L - 1058200) << 10)
        .containsEntry("reserved", 168616L << 10)
        .containsEntry("kernelCode", 5122L << 10);
    BootFacts crash =
        facts(
            "Reserving 256MB of memory at 640MB for crashkernel (System RAM: 32767MB)",
            "crashkernel low memory reserved: 0xf8000000 - 0x100000000 (128 MB)",
            "HugeTLB: registered 2.00 MiB page size, pre-allocated 512 pages",
            "HugeTLB: registered 1.00 GiB page size, pre-allocated 2 pages",
            "software IO TLB: mapped [mem 0x000000007b000000-0x000000007f000000] (64MB)",
            "hv_balloon: Using Dynamic Memory protocol version 2.0");
    assertThat(crash.figures())
        .containsEntry("crashKernel", 384L << 20)
        .containsEntry("hugePages", (1L << 30) + (2L << 30))
        .containsEntry("softwareIoTlb", 64L << 20)
        .containsKey("balloonDriver");
    assertThat(crash.isKnown()).isFalse();
  }

  @Test
  void whatIsGivenBackBeforeTheTotalsIsInThemAlready() {
    BootFacts facts =
        facts(
            "Freeing SMP alternatives memory: 40K",
            "Memory: 100K/1000K available (10K kernel code, 1K rwdata, 1K rodata, 1K init, 1K bss,"
                + " 200K reserved, 0K cma-reserved)",
            "Freeing unused kernel image (initmem) memory: 20K");
    assertThat(facts.freed()).isEqualTo(Map.of("unused_kernel_image_initmem", 20L << 10));
  }

  @Test
  void anotherBootForgetsTheLast() {
    BootFacts facts = facts("Memory: 100K/1000K available (200K reserved)");
    assertThat(facts.isKnown()).isTrue();
    assertThat(facts.with("Linux version 6.12.0").isKnown()).isFalse();
  }

  @Test
  void balloonAndPluggedMemoryAreWhatIsLeft() {
    Memory memory =
        new Memory(
            2000L << 10,
            500L << 10,
            1500L << 10,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            null);
    Memory.Boot boot =
        Objects.requireNonNull(
            BootMemory.of(
                facts(
                    "Memory: 100K/1000K available (10K kernel code, 200K reserved)",
                    "Freeing initrd memory: 50K"),
                memory,
                4096L));
    assertThat(boot.totalSinceBytes()).isEqualTo(1000L << 10);
    assertThat(boot.reservedSinceBytes()).isEqualTo(350L << 10);
    check(memory, boot);
    assertThat(BootMemory.of(BootFacts.NONE, memory, 4096L)).isNull();
  }

  @Test
  void noTextMakesItThrow() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "Memory: ",
                "Memory: 1K/",
                "Memory: 99999999999999999999K/1K available (1K reserved)",
                "Freeing ",
                "Freeing x: ",
                "Reserving MB for crashkernel",
                "crashkernel (",
                "HugeTLB",
                "percpu: Embedded ",
                "SLUB: CPUs=",
                "Dentry cache hash bytes",
                "",
                "M",
                "HugeTLB:" + " registered 9.00 GiB page size, pre-allocated 9999999999999 pages"));
    for (String text : texts) {
      for (int i = 0; i <= text.length(); i++) {
        assertThat(BootFacts.NONE.with(text.substring(0, i)).isKnown()).isFalse();
      }
    }
  }

  private static BootFacts facts(String... lines) {
    BootFacts facts = BootFacts.NONE;
    for (String line : lines) {
      facts = facts.with(line);
    }
    return facts;
  }
}
