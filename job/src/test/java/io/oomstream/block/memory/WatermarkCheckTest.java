package io.oomstream.block.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.block.request.GfpFlags;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Memory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkCheckTest {

  private static final long KB = 1024;
  private static final Gfp KERNEL = GfpFlags.decode("0xcc0", "GFP_KERNEL");
  private static final Gfp MOVABLE = GfpFlags.decode("0x140dca", "GFP_HIGHUSER_MOVABLE|__GFP_ZERO");

  private static Memory.Zone zone(
      String name,
      long freeKb,
      long minKb,
      @Nullable Long highAtomicKb,
      List<Long> reservePages,
      Map<String, Long> counters) {
    return new Memory.Zone(
        0,
        name,
        freeKb * KB,
        null,
        minKb * KB,
        null,
        null,
        null,
        null,
        highAtomicKb == null ? null : Long.valueOf(highAtomicKb * KB),
        reservePages.stream().map(pages -> pages * 4096).toList(),
        null,
        null,
        counters,
        null,
        List.of(),
        null);
  }

  @Test
  void theSeed() {
    Memory.Zone dma = zone("DMA", 125364, 5472, 0L, List.of(0L, 0L, 30091L, 30091L), Map.of());
    Memory.Zone normal = zone("Normal", 238836, 84636, 151552L, List.of(0L, 0L, 0L, 0L), Map.of());

    List<Memory.Zone> checked = WatermarkCheck.apply(List.of(dma, normal), KERNEL);

    assertThat(checked.get(0).effectiveFreeBytes()).isEqualTo((125364 - 30091 * 4) * KB);
    assertThat(checked.get(0).belowMin()).isTrue();
    assertThat(checked.get(1).effectiveFreeBytes()).isEqualTo((238836 - 151552) * KB);
    assertThat(checked.get(1).belowMin()).isFalse();
    assertThat(WatermarkCheck.apply(normal, KERNEL)).isEqualTo(checked.get(1));
  }

  /** The reserve that the request must leave in the lowest zone: the pages are their own index. */
  @ParameterizedTest
  @CsvSource({
    "DMA;DMA32;Normal, 4, GFP_KERNEL, 2",
    "DMA;DMA32;Normal, 5, GFP_KERNEL, 2",
    "DMA;DMA32;Normal, 5, GFP_HIGHUSER_MOVABLE, 3",
    "DMA;Normal, 4, GFP_KERNEL, 2",
    "DMA;DMA32, 4, GFP_KERNEL|GFP_DMA32, 1",
    "DMA;Normal;HighMem, 4, GFP_KERNEL, 1",
    "DMA;Normal;HighMem, 4, GFP_HIGHUSER, 2",
    "DMA;Normal;HighMem, 4, GFP_HIGHUSER_MOVABLE, 3",
    "DMA;Normal;HighMem, 4, GFP_KERNEL|GFP_DMA32, 1",
    "DMA;Normal, 3, GFP_HIGHUSER_MOVABLE, 2",
    "DMA32;Normal, 3, GFP_KERNEL, 1",
    "DMA32;Normal, 3, GFP_HIGHUSER, 1",
    "Normal;HighMem, 3, GFP_HIGHUSER, 1",
    "Normal;Movable, 2, GFP_HIGHUSER_MOVABLE, 1",
    "DMA;DMA32;Normal, 4, GFP_KERNEL|GFP_DMA, 0",
  })
  void theReserveIsTheOneForTheRequestsZone(String names, int types, String flags, long index) {
    List<Long> reserve = java.util.stream.LongStream.range(0, types).boxed().toList();
    List<Memory.Zone> zones =
        java.util.Arrays.stream(names.split(";"))
            .map(name -> zone(name, 1000, 10, null, reserve, Map.of()))
            .toList();
    Gfp gfp = GfpFlags.decode("0x0", flags);

    Memory.Zone lowest = WatermarkCheck.apply(zones, gfp).get(0);

    assertThat(lowest.effectiveFreeBytes()).isEqualTo((1000 - 4 * index) * KB);
  }

  @Test
  void zonesAboveTheRequestAreNotLookedAt() {
    Memory.Zone normal = zone("Normal", 1000, 10, 0L, List.of(0L, 0L, 0L, 0L), Map.of());
    Gfp dma32 = GfpFlags.decode("0xcc4", "GFP_KERNEL|GFP_DMA32");
    Memory.Zone checked = WatermarkCheck.apply(normal, dma32);
    assertThat(checked.effectiveFreeBytes()).isNull();
    assertThat(checked.belowMin()).isNull();
    assertThat(Objects.requireNonNull(checked.check()).verdict())
        .isEqualTo(Memory.ZoneVerdict.ZONE_NOT_ELIGIBLE);
  }

  @Test
  void freeHighAtomicIsTakenWhereItIsPrinted() {
    Memory.Zone zone =
        zone(
            "Normal", 1000, 10, 800L, List.of(0L, 0L, 0L, 0L), Map.of("free_highatomic", 300 * KB));
    assertThat(WatermarkCheck.apply(zone, KERNEL).effectiveFreeBytes()).isEqualTo(700 * KB);
  }

  @Test
  void cmaIsForMovableRequestsOnly() {
    Memory.Zone zone =
        zone("Normal", 1000, 400, null, List.of(0L, 0L, 0L, 0L), Map.of("free_cma", 600 * KB));
    assertThat(WatermarkCheck.apply(zone, KERNEL).effectiveFreeBytes()).isEqualTo(400 * KB);
    assertThat(WatermarkCheck.apply(zone, KERNEL).belowMin()).isTrue();
    assertThat(WatermarkCheck.apply(zone, MOVABLE).effectiveFreeBytes()).isEqualTo(1000 * KB);
    assertThat(WatermarkCheck.apply(zone, MOVABLE).belowMin()).isFalse();
  }

  @Test
  void atomicRequestsMayDipIntoTheReserves() {
    Memory.Zone zone = zone("Normal", 400, 1000, 100L, List.of(0L, 0L, 0L, 0L), Map.of());
    Gfp atomic = GfpFlags.decode("0x820", "GFP_ATOMIC");
    assertThat(WatermarkCheck.apply(zone, atomic).effectiveFreeBytes()).isEqualTo(400 * KB);
    assertThat(WatermarkCheck.apply(zone, atomic).belowMin()).isFalse();
    Gfp urgent = GfpFlags.decode("0xce0", "GFP_KERNEL|__GFP_HIGH");
    assertThat(WatermarkCheck.apply(zone, urgent).belowMin()).isTrue();
  }

  @Test
  void whatTheFiguresDoNotAllowStaysAbsent() {
    Memory.Zone noReserve = zone("Normal", 400, 1000, 100L, List.of(), Map.of());
    Memory.Zone strange = zone("Turbo", 400, 1000, 100L, List.of(0L, 0L, 0L, 0L), Map.of());
    Memory.Zone fine = zone("Normal", 400, 1000, 100L, List.of(0L, 0L, 0L, 0L), Map.of());
    assertThat(WatermarkCheck.apply(noReserve, KERNEL)).isEqualTo(noReserve);
    assertThat(WatermarkCheck.apply(strange, KERNEL)).isEqualTo(strange);
    assertThat(WatermarkCheck.apply(fine, null)).isEqualTo(fine);
    assertThat(WatermarkCheck.apply(fine, GfpFlags.decode("0x0", null))).isEqualTo(fine);
  }
}
