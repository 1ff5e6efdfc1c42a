package io.oomstream.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.KernelLine;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** What is packed comes back as it was, whatever it was packed against. */
class PackedLineTest {

  @Property(tries = 2_000)
  void comesBackEqual(@ForAll long seed) {
    Random random = new Random(seed);
    HostLine base = PackedLine.unpackBase(PackedLine.base(line(random)));
    for (int i = 0; i < 5; i++) {
      HostLine line = line(random);
      assertThat(PackedLine.unpack(PackedLine.pack(line, base), base))
          .usingRecursiveComparison()
          .isEqualTo(line);
    }
  }

  private static HostLine line(Random random) {
    KernelLine line =
        new KernelLine(
            text(random),
            text(random),
            number(random),
            number(random),
            number(random),
            small(random),
            small(random),
            text(random),
            small(random),
            random.nextInt(10) == 0 ? "caf\u00e9 \u4e2d" : String.valueOf(text(random)),
            String.valueOf(text(random)),
            random.nextInt(5) == 0 ? random.nextInt() : 3,
            random.nextLong(),
            random.nextInt(3) == 0 ? random.nextInt() : 0,
            time(random));
    byte[] key = random.nextBoolean() ? null : new byte[random.nextInt(3)];
    long[] passed = random.nextInt(3) > 0 ? null : new long[2 * random.nextInt(3)];
    for (int i = 0; passed != null && i < passed.length; i++) {
      passed[i] = time(random);
    }
    return switch (random.nextInt(3)) {
      case 0 -> HostLine.note(line, key, time(random), passed);
      case 1 -> HostLine.of(line, key, line.timestamp(), passed);
      default -> HostLine.of(line, key, time(random), passed);
    };
  }

  private static long time(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> random.nextLong();
      default -> 1_700_000_000_000L + random.nextInt(10_000);
    };
  }

  private static @Nullable Long number(Random random) {
    return random.nextInt(4) == 0 ? null : (Long) time(random);
  }

  private static @Nullable Integer small(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> random.nextInt();
      default -> random.nextInt(8);
    };
  }

  private static @Nullable String text(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> "node-7.example";
      case 2 -> "\u00e9\u4e2d\u6587";
      default -> "T" + random.nextInt(3);
    };
  }
}
