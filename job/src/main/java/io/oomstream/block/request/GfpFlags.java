package io.oomstream.block.request;

import io.oomstream.event.section.Gfp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An allocation's mask to its flags and what they permit. */
public final class GfpFlags {

  private static final String SINGLE = "__GFP_";
  private static final String SINGLE_RAW = "___GFP_";

  /** No layout of 4.4 or 4.5 lacks it in ordinary requests, and none before has it. */
  private static final long KSWAPD_RECLAIM_4_4 = 0x2000000;

  private static final long WAIT_2_6_32 = 0x10;
  private static final long KMEMCG_OR_NOACCOUNT = 0x100000;
  private static final long NO_KSWAPD_OR_DIRECT_RECLAIM = 0x400000;

  private GfpFlags() {}

  /**
   * Decodes a mask.
   *
   * @param mask as printed, for example {@code 0xcc0}
   * @param printedNames what the kernel printed in brackets behind it; null where it printed none
   */
  public static Gfp decode(String mask, @Nullable String printedNames) {
    return decode(mask, printedNames, null);
  }

  /**
   * The same in a block that names its kernel.
   *
   * @param known the layout of that kernel; null if it is not known
   */
  static Gfp decode(String mask, @Nullable String printedNames, @Nullable GfpEra known) {
    Long bits = number(mask);
    if (printedNames != null) {
      List<String> names = split(printedNames);
      GfpEra nearest = eraOf(names, bits);
      boolean damaged = names.stream().anyMatch(name -> isUnknown(name, nearest));
      // A name that nobody knows does not tell whose bits the number has; the kernel's release
      // does.
      GfpEra its = damaged && known != null ? known : nearest;
      Gfp said = answer(mask, flagsOf(names, bits, its), names, Gfp.DecodedBy.KERNEL);
      return bits == null || names.isEmpty() ? said : whereMaskAgrees(said, names, bits, its);
    }
    // 0 is what a page fault without a request of its own prints (mm/oom_kill.c:
    // pagefault_out_of_memory); GFP_NOWAIT, which was 0 as well, never comes to the killer.
    if (bits == null || bits == 0) {
      return answer(mask, Set.of(), List.of(), Gfp.DecodedBy.TABLE);
    }
    GfpEra guess = (bits & KSWAPD_RECLAIM_4_4) != 0 ? GfpEra.V4_4 : GfpEra.V2_6_32;
    GfpEra era = known != null ? known : guess;
    Set<String> flags = new LinkedHashSet<>();
    addBits(flags, bits, era);
    return answer(
        mask,
        flags,
        namesOf(bits, era),
        Gfp.DecodedBy.TABLE,
        known != null ? null : ambiguous(bits, era));
  }

  /**
   * What a bare mask leaves open. 0x100000 was KMEMCG from 3.8 to 4.0 and its opposite, NOACCOUNT,
   * from 4.1 to 4.3. Without WAIT, 0x400000 may be NO_KSWAPD of 2.6.38 to 3.x or, in a request that
   * does not wake kswapd, DIRECT_RECLAIM of 4.4.
   */
  private static @Nullable List<String> ambiguous(long bits, GfpEra era) {
    if (era != GfpEra.V2_6_32) {
      return null;
    }
    List<String> open = new ArrayList<>();
    if ((bits & KMEMCG_OR_NOACCOUNT) != 0) {
      open.add("0x100000");
    }
    if ((bits & NO_KSWAPD_OR_DIRECT_RECLAIM) != 0 && (bits & WAIT_2_6_32) == 0) {
      open.add("0x400000");
    }
    return open.isEmpty() ? null : List.copyOf(open);
  }

  /** A name may have been damaged: what the names do not say but the number does is not known. */
  private static Gfp whereMaskAgrees(Gfp said, List<String> names, long mask, GfpEra era) {
    long unsaid = mask & ~encode(names, era);
    boolean readFromMask = names.stream().anyMatch(name -> isUnknown(name, era));
    if (unsaid == 0 || readFromMask) {
      return said;
    }
    boolean block = (unsaid & (GfpBit.DIRECT_RECLAIM.in(era) | GfpBit.WAIT.in(era))) != 0;
    boolean io = (unsaid & GfpBit.IO.in(era)) != 0;
    boolean fs = (unsaid & GfpBit.FS.in(era)) != 0;
    return new Gfp(
        said.mask(),
        said.flags(),
        said.names(),
        said.decodedBy(),
        block ? null : said.mayBlock(),
        io ? null : said.mayIo(),
        fs ? null : said.mayFs(),
        said.zone(),
        block ? null : said.atomic(),
        said.costly(),
        said.ambiguous());
  }

  private static Gfp answer(
      String mask, Set<String> flags, List<String> names, Gfp.DecodedBy decodedBy) {
    return answer(mask, flags, names, decodedBy, null);
  }

  private static Gfp answer(
      String mask,
      Set<String> flags,
      List<String> names,
      Gfp.DecodedBy decodedBy,
      @Nullable List<String> ambiguous) {
    List<String> published = List.copyOf(flags);
    if (flags.isEmpty()) {
      return new Gfp(mask, published, names, decodedBy, null, null, null, null, null, null, null);
    }
    boolean unsure = ambiguous != null && ambiguous.contains("0x400000");
    boolean mayBlock =
        flags.contains(GfpBit.DIRECT_RECLAIM.name()) || flags.contains(GfpBit.WAIT.name());
    return new Gfp(
        mask,
        published,
        names,
        decodedBy,
        unsure ? null : Boolean.valueOf(mayBlock),
        flags.contains(GfpBit.IO.name()),
        flags.contains(GfpBit.FS.name()),
        zone(flags),
        unsure ? null : Boolean.valueOf(flags.contains(GfpBit.HIGH.name()) && !mayBlock),
        null,
        ambiguous);
  }

  /** The highest zone, as {@code gfp_zone} of include/linux/gfp.h finds it. */
  private static String zone(Set<String> flags) {
    if (flags.contains(GfpBit.DMA.name())) {
      return "DMA";
    }
    if (flags.contains(GfpBit.DMA32.name())) {
      return "DMA32";
    }
    if (flags.contains(GfpBit.HIGHMEM.name())) {
      return flags.contains(GfpBit.MOVABLE.name()) ? "MOVABLE" : "HIGHMEM";
    }
    return "NORMAL";
  }

  private static Set<String> flagsOf(List<String> names, @Nullable Long mask, GfpEra era) {
    Set<String> flags = new LinkedHashSet<>();
    boolean unknownCompound = false;
    for (String name : names) {
      GfpCompound compound = GfpCompound.of(name, era);
      Long left = name.startsWith("0x") ? number(name) : null;
      String single = single(name);
      if (compound != null) {
        addBits(flags, compound.maskIn(era), era);
      } else if (single != null) {
        flags.add(single);
      } else if (left != null) {
        addBits(flags, left, era);
      }
      unknownCompound |= isUnknown(name, era);
    }
    if (unknownCompound && mask != null) {
      addBits(flags, mask, era);
    }
    return flags;
  }

  /** A compound of a kernel newer than we know, or a damaged one. */
  private static boolean isUnknown(String name, GfpEra era) {
    boolean left = name.startsWith("0x") && number(name) != null;
    return GfpCompound.of(name, era) == null && single(name) == null && !left;
  }

  /** The era in which the names stand for the mask, or come nearest to it; the newest of equals. */
  private static GfpEra eraOf(List<String> names, @Nullable Long mask) {
    GfpEra best = GfpEra.V6_8;
    if (mask == null) {
      return best;
    }
    int bestDistance = Integer.MAX_VALUE;
    for (int i = GfpEra.values().length - 1; i >= 0; i--) {
      GfpEra era = GfpEra.values()[i];
      int distance = Long.bitCount(encode(names, era) ^ mask);
      if (distance < bestDistance) {
        best = era;
        bestDistance = distance;
      }
    }
    return best;
  }

  private static long encode(List<String> names, GfpEra era) {
    long mask = 0;
    for (String name : names) {
      GfpCompound compound = GfpCompound.of(name, era);
      Long left = name.startsWith("0x") ? number(name) : null;
      if (compound != null) {
        mask |= compound.maskIn(era);
      } else if (left != null) {
        mask |= left;
      } else {
        for (GfpBit bit : GfpBit.values()) {
          if (bit.name().equals(single(name))) {
            mask |= bit.in(era);
          }
        }
      }
    }
    return mask;
  }

  /** The flag that a printed name stands for by itself; null for compounds. */
  private static @Nullable String single(String name) {
    if (name.startsWith(SINGLE_RAW)) {
      return name.substring(SINGLE_RAW.length());
    }
    return name.startsWith(SINGLE) ? name.substring(SINGLE.length()) : null;
  }

  /** Adds the flags of the bits; a bit without a name as its number. */
  private static void addBits(Set<String> flags, long mask, GfpEra era) {
    long left = mask;
    for (GfpBit bit : GfpBit.values()) {
      long value = bit.in(era);
      if (value != 0 && (left & value) == value) {
        flags.add(bit.name());
        left &= ~value;
      }
    }
    if (left != 0) {
      flags.add("0x" + Long.toHexString(left));
    }
  }

  private static List<String> namesOf(long mask, GfpEra era) {
    List<String> names = new ArrayList<>();
    long left = mask;
    for (GfpCompound compound : GfpCompound.values()) {
      long value = compound.maskIn(era);
      if (compound.isIn(era) && value != 0 && (left & value) == value) {
        names.add(compound.printed());
        left &= ~value;
      }
    }
    Set<String> rest = new LinkedHashSet<>();
    addBits(rest, left, era);
    for (String flag : rest) {
      names.add(flag.startsWith("0x") ? flag : SINGLE + flag);
    }
    return List.copyOf(names);
  }

  private static List<String> split(String printedNames) {
    List<String> names = new ArrayList<>();
    int start = 0;
    while (start <= printedNames.length()) {
      int bar = printedNames.indexOf('|', start);
      int end = bar < 0 ? printedNames.length() : bar;
      String name = printedNames.substring(start, end).strip();
      if (!name.isEmpty()) {
        names.add(name);
      }
      start = end + 1;
    }
    return List.copyOf(names);
  }

  private static @Nullable Long number(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    if (digits.isEmpty() || digits.length() > 16 || !Character.isLetterOrDigit(digits.charAt(0))) {
      return null;
    }
    try {
      return Long.parseUnsignedLong(digits, 16);
    } catch (NumberFormatException notHex) {
      return null;
    }
  }
}
