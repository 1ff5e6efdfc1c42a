package io.oomstream.block.memory;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The zone types that a kernel was built with, in the order of include/linux/mmzone.h: the index of
 * {@code lowmem_reserve[]}.
 *
 * <p>The dump prints how many there are but names only those that hold memory.
 */
final class ZoneTypes {

  private static final String NORMAL = "NORMAL";

  /** Those of the architectures, the likelier first among equally long ones. */
  private static final List<List<String>> CONFIGURATIONS =
      List.of(
          List.of("DMA", "DMA32", NORMAL, "MOVABLE", "DEVICE"),
          List.of("DMA", "DMA32", NORMAL, "HIGHMEM", "MOVABLE"),
          List.of("DMA", "DMA32", NORMAL, "MOVABLE"),
          List.of("DMA", NORMAL, "HIGHMEM", "MOVABLE"),
          List.of("DMA32", NORMAL, "HIGHMEM", "MOVABLE"),
          List.of("DMA", NORMAL, "MOVABLE"),
          List.of("DMA32", NORMAL, "MOVABLE"),
          List.of(NORMAL, "HIGHMEM", "MOVABLE"),
          List.of(NORMAL, "MOVABLE", "DEVICE"),
          List.of(NORMAL, "MOVABLE"));

  private final List<String> types;

  private ZoneTypes(List<String> types) {
    this.types = types;
  }

  /**
   * The types of a kernel with that many, which holds memory in the zones named; null if no
   * architecture's fit.
   *
   * @param names in capitals
   */
  static @Nullable ZoneTypes of(int count, Collection<String> names) {
    for (List<String> configuration : CONFIGURATIONS) {
      if (configuration.size() == count && configuration.containsAll(names)) {
        return new ZoneTypes(configuration);
      }
    }
    return null;
  }

  /** Every kernel's types that fit: where a zone is not shown there may be several. */
  static List<ZoneTypes> all(int count, Collection<String> names) {
    return CONFIGURATIONS.stream()
        .filter(types -> types.size() == count && types.containsAll(names))
        .map(ZoneTypes::new)
        .toList();
  }

  /** The index of a zone; -1 if there is none of that name. */
  int indexOf(String name) {
    return types.indexOf(name);
  }

  String nameOf(int index) {
    return types.get(index);
  }

  /**
   * The index of the highest zone that a request may use. One for a zone that the kernel does not
   * have goes to Normal ({@code OPT_ZONE_DMA} and its like in include/linux/gfp.h).
   */
  int indexOfRequest(String zone) {
    int index = types.indexOf(zone);
    return index < 0 ? types.indexOf(NORMAL) : index;
  }
}
