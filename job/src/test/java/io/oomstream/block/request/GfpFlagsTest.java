package io.oomstream.block.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Gfp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GfpFlagsTest {

  /** The number that each release prints for each plain name; - where it has none. */
  private static final String COMPOUNDS =
      """
      GFP_KERNEL                                     0xd0     0x24000c0 0x14000c0 0x6000c0 0xcc0    0xcc0
      GFP_KERNEL_ACCOUNT                             -        0x25000c0 0x15000c0 0x7000c0 0x400cc0 0x400cc0
      GFP_ATOMIC                                     0x20     0x2080020 0x1080020 0x480020 0xa20    0x820
      GFP_NOWAIT                                     -        0x2000000 0x1000000 0x400000 0x800    0x800
      GFP_NOIO                                       0x10     0x2400000 0x1400000 0x600000 0xc00    0xc00
      GFP_NOFS                                       0x50     0x2400040 0x1400040 0x600040 0xc40    0xc40
      GFP_USER                                       0x200d0  0x24200c0 0x14200c0 0x6200c0 0x100cc0 0x100cc0
      GFP_HIGHUSER                                   0x200d2  0x24200c2 0x14200c2 0x6200c2 0x100cc2 0x100cc2
      GFP_HIGHUSER_MOVABLE                           0x200da  0x24200ca 0x14200ca 0x6200ca 0x100cca 0x100cca
      GFP_HIGHUSER_MOVABLE|__GFP_ZERO                0x280da  0x24280ca 0x14280ca 0x6280ca 0x100dca 0x100dca
      GFP_HIGHUSER_MOVABLE|__GFP_COLD                0x201da  0x24201ca 0x14201ca -        -        -
      GFP_HIGHUSER_MOVABLE|__GFP_COMP                -        -         -         -        -        0x140cca
      GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO     -        -         -         -        -        0x140dca
      GFP_TRANSHUGE_LIGHT                            -        -         0x342ca   0x342ca  0x1c20ca 0x1c20ca
      GFP_TRANSHUGE                                  0x4352da -         0x4342ca  0x2342ca 0x1c24ca 0x1c24ca
      GFP_ATOMIC|__GFP_COMP                          0x4020   0x2084020 0x1084020 0x484020 0x40a20  0x40820
      """;

  private static final List<GfpEra> ERAS =
      List.of(GfpEra.V2_6_32, GfpEra.V4_4, GfpEra.V4_10, GfpEra.V4_18, GfpEra.V5_1, GfpEra.V6_3);

  private static List<String[]> compounds() {
    List<String[]> rows = new ArrayList<>();
    COMPOUNDS.lines().forEach(line -> rows.add(line.split(" +")));
    return rows;
  }

  @Test
  void bareMasksGetTheNamesOfTheirEra() {
    for (String[] row : compounds()) {
      for (int era = 1; era <= 2; era++) {
        if (!row[era].equals("-")) {
          Gfp gfp = GfpFlags.decode(row[era], null);
          assertThat(String.join("|", gfp.names())).as(row[era]).isEqualTo(row[0]);
          assertThat(gfp.decodedBy()).isEqualTo(Gfp.DecodedBy.TABLE);
        }
      }
    }
  }

  @Test
  void theReleaseOfTheStackHeaderChoosesTheLayout() {
    assertThat(GfpEra.of("2.6.32-754.el6.x86_64")).isEqualTo(GfpEra.V2_6_32);
    assertThat(GfpEra.of("3.10.0-1160.el7.x86_64")).isEqualTo(GfpEra.V2_6_32);
    assertThat(GfpEra.of("4.1.12-124.el7uek")).isEqualTo(GfpEra.V4_1);
    assertThat(GfpEra.of("4.4.0-210-generic")).isEqualTo(GfpEra.V4_4);
    assertThat(GfpEra.of("4.18.0-80.el8.x86_64")).isEqualTo(GfpEra.V4_18);
    assertThat(GfpEra.of("5.14.0-427.el9")).isEqualTo(GfpEra.V5_1);
    assertThat(GfpEra.of("7.0.0-1-generic")).isEqualTo(GfpEra.V6_8);
    assertThat(GfpEra.of("next")).isNull();

    Gfp bare = GfpFlags.decode("0x100cca", null, GfpEra.V5_1);
    assertThat(bare.names()).containsExactly("GFP_HIGHUSER_MOVABLE");
    assertThat(bare.mayBlock()).isTrue();
    Gfp accounted = GfpFlags.decode("0x1000d0", null, GfpEra.V2_6_32);
    assertThat(accounted.flags()).contains("KMEMCG");
    assertThat(accounted.ambiguous()).isNull();
    assertThat(GfpFlags.decode("0x1000d0", null, GfpEra.V4_1).flags()).contains("NOACCOUNT");
    assertThat(GfpFlags.decode("0x1000d0", null).ambiguous()).containsExactly("0x100000");
  }

  @Test
  void printedNamesExpandToExactlyTheBitsOfTheirNumber() {
    for (String[] row : compounds()) {
      for (int column = 1; column < row.length; column++) {
        if (row[column].equals("-")) {
          continue;
        }
        Gfp gfp = GfpFlags.decode(row[column], row[0]);
        GfpEra era = ERAS.get(column - 1);
        long mask = 0;
        for (String flag : gfp.flags()) {
          mask |= GfpBit.valueOf(flag).in(era);
        }
        assertThat("0x" + Long.toHexString(mask)).as(row[0]).isEqualTo(row[column]);
        assertThat(gfp.names()).containsExactly(row[0].split("\\|"));
        assertThat(gfp.decodedBy()).isEqualTo(Gfp.DecodedBy.KERNEL);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      nullValues = "-",
      value = {
        // mask names block io fs zone
        "0xcc0 GFP_KERNEL true true true NORMAL",
        "0xd0 - true true true NORMAL",
        "0x50 - true true false NORMAL",
        "0x20 - false false false NORMAL",
        "0x820 GFP_ATOMIC false false false NORMAL",
        "0xd1 - true true true DMA",
        "0xcc4 GFP_KERNEL|GFP_DMA32 true true true DMA32",
        "0x200d2 - true true true HIGHMEM",
        "0x280da - true true true MOVABLE",
        "0x24280ca - true true true MOVABLE",
        "0xc40 GFP_NOFS true true false NORMAL",
        "0xc08 GFP_NOIO|__GFP_MOVABLE true false false NORMAL",
        "0x1c20ca GFP_TRANSHUGE_LIGHT false true true MOVABLE",
      })
  void whatTheFlagsPermit(
      String mask, String names, boolean mayBlock, boolean mayIo, boolean mayFs, String zone) {
    Gfp gfp = GfpFlags.decode(mask, names);
    assertThat(gfp.mask()).isEqualTo(mask);
    assertThat(gfp.mayBlock()).isEqualTo(mayBlock);
    assertThat(gfp.mayIo()).isEqualTo(mayIo);
    assertThat(gfp.mayFs()).isEqualTo(mayFs);
    assertThat(gfp.zone()).isEqualTo(zone);
  }

  @Test
  void flagsCarryNoPrefix() {
    assertThat(GfpFlags.decode("0x140dca", "GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO").flags())
        .containsExactlyInAnyOrder(
            "HIGHMEM",
            "MOVABLE",
            "IO",
            "FS",
            "HARDWALL",
            "DIRECT_RECLAIM",
            "KSWAPD_RECLAIM",
            "COMP",
            "ZERO");
  }

  @Test
  void atomicHasItsOwnBitOnlyWhereTheKernelHadIt() {
    assertThat(GfpFlags.decode("0xa20", "GFP_ATOMIC").flags())
        .containsExactlyInAnyOrder("HIGH", "ATOMIC", "KSWAPD_RECLAIM");
    assertThat(GfpFlags.decode("0x820", "GFP_ATOMIC").flags())
        .containsExactlyInAnyOrder("HIGH", "KSWAPD_RECLAIM");
    assertThat(GfpFlags.decode("0x20", null).flags()).containsExactly("HIGH");
  }

  @Test
  void noWaitIncludesNoWarnSince68() {
    assertThat(GfpFlags.decode("0x2800", "GFP_NOWAIT").flags())
        .containsExactlyInAnyOrder("KSWAPD_RECLAIM", "NOWARN");
    assertThat(GfpFlags.decode("0x800", "GFP_NOWAIT").flags()).containsExactly("KSWAPD_RECLAIM");
  }

  @Test
  void the3_10ForkOfEnterpriseLinux() {
    Gfp gfp = GfpFlags.decode("0x3000d0", null);
    assertThat(gfp.names()).containsExactly("GFP_KERNEL", "__GFP_KMEMCG", "__GFP_NOTRACK");
    assertThat(gfp.mayBlock()).isTrue();
  }

  @Test
  void namesWinOverANumberThatTheyDoNotExplain() {
    Gfp gfp = GfpFlags.decode("0x8000cc0", "GFP_KERNEL|__GFP_NO_OBJ_EXT");
    assertThat(gfp.flags())
        .containsExactlyInAnyOrder("DIRECT_RECLAIM", "KSWAPD_RECLAIM", "IO", "FS", "NO_OBJ_EXT");
    assertThat(gfp.mayBlock()).isTrue();
  }

  @Test
  void leftOverBitsStay() {
    assertThat(GfpFlags.decode("0x40000cc0", "GFP_KERNEL|0x40000000").flags())
        .contains("DIRECT_RECLAIM", "0x40000000");
    assertThat(GfpFlags.decode("0x400000d0", null).names())
        .containsExactly("GFP_KERNEL", "0x40000000");
  }

  @Test
  void anUnknownCompoundIsReadFromTheNumber() {
    Gfp gfp = GfpFlags.decode("0x100cca", "GFP_OF_THE_FUTURE");
    assertThat(gfp.names()).containsExactly("GFP_OF_THE_FUTURE");
    assertThat(gfp.zone()).isEqualTo("MOVABLE");
    assertThat(gfp.mayBlock()).isTrue();
  }

  @Test
  void noRequestNoAnswers() {
    for (String names : new String[] {"", null}) {
      Gfp gfp = GfpFlags.decode("0x0", names);
      assertThat(gfp.flags()).isEmpty();
      assertThat(gfp.names()).isEmpty();
      assertThat(gfp.mayBlock()).isNull();
      assertThat(gfp.mayIo()).isNull();
      assertThat(gfp.mayFs()).isNull();
      assertThat(gfp.zone()).isNull();
      assertThat(gfp.decodedBy())
          .isEqualTo(names == null ? Gfp.DecodedBy.TABLE : Gfp.DecodedBy.KERNEL);
    }
  }

  @ParameterizedTest
  @CsvSource({"0x", "''", "xyz", "-1", "0x123456789abcdef01", "0xzz", "+5"})
  void whatIsNoMaskIsKeptAndSaysNothing(String mask) {
    Gfp gfp = GfpFlags.decode(mask, null);
    assertThat(gfp.mask()).isEqualTo(mask);
    assertThat(gfp.flags()).isEmpty();
    assertThat(gfp.mayBlock()).isNull();
    assertThat(GfpFlags.decode(mask, "GFP_KERNEL").mayBlock()).isTrue();
  }

  @Test
  void saysWhichBitsOfABareMaskAreAmbiguous() {
    assertThat(GfpFlags.decode("0x1000d0", null).ambiguous()).containsExactly("0x100000");
    assertThat(GfpFlags.decode("0xd0", null).ambiguous()).isNull();
    assertThat(GfpFlags.decode("0x25000c0", null).ambiguous()).isNull();
    Gfp either = GfpFlags.decode("0x4000c0", null);
    assertThat(either.ambiguous()).containsExactly("0x400000");
    assertThat(either.mayBlock()).isNull();
    assertThat(either.atomic()).isNull();
  }

  @Test
  void atomicAndCostly() {
    assertThat(GfpFlags.decode("0x20", null).atomic()).isTrue();
    assertThat(GfpFlags.decode("0x820", "GFP_ATOMIC").atomic()).isTrue();
    Gfp kernel = GfpFlags.decode("0xcc0", "GFP_KERNEL");
    assertThat(kernel.atomic()).isFalse();
    assertThat(kernel.costly()).isNull();
    assertThat(kernel.ofOrder(3).costly()).isFalse();
    assertThat(kernel.ofOrder(4).costly()).isTrue();
    assertThat(kernel.ofOrder(-1).costly()).isNull();
  }
}
