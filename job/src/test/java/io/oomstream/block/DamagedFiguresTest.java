package io.oomstream.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that no kernel prints are not published as if one had. */
class DamagedFiguresTest {

  @Test
  void aCountBelowZeroIsAbsentAndAnAdjustmentIsNot() {
    KernelBlock block =
        Kmsg.report(
            "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
            "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
            "[     63]    48    63   230000   180000    40960       -1          -300 java");
    var row = Objects.requireNonNull(block.tasks()).rows().get(0);
    assertThat(row.swapBytes()).isNull();
    assertThat(row.oomScoreAdj()).isEqualTo(-300);
    assertThat(row.pageTableBytes()).isEqualTo(40960);
  }

  @ParameterizedTest
  @CsvSource({"0xcc0,0xcc0", "0,0x0", "cc0,", "F,", "0x,", "0x1x2,"})
  void aMaskWithoutItsPrefixIsACutOneUnlessItIsZero(String printed, String mask) {
    KernelBlock block =
        Kmsg.report(
            "java: page allocation failure: order:4, mode:" + printed + ", nodemask=(null)");
    var gfp = Objects.requireNonNull(block.trigger()).gfp();
    assertThat(gfp == null ? null : gfp.mask()).isEqualTo(mask);
  }

  /** Of a damaged name the number counts, in the bits of the kernel that the report names. */
  @Test
  void aDamagedNameLeavesTheNumberToTheKernelsOwnBits() {
    KernelBlock block =
        Kmsg.report(
            "java invoked oom-killer: gfp_mask=0x6000c0(GFP_KERN\u007fL), order=0, oom_score_adj=0",
            "CPU: 5 PID: 311022 Comm: java Not tainted 4.18.0-193.el8.x86_64 #1");
    var gfp = Objects.requireNonNull(Objects.requireNonNull(block.trigger()).gfp());
    assertThat(gfp.mayBlock()).isTrue();
    assertThat(gfp.mayIo()).isTrue();
  }
}
