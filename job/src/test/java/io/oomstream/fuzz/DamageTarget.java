package io.oomstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.lab.Damage;
import io.oomstream.lab.EqualOrAbsent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whole reports whose lines were lost, cut, torn or moved: what the events still state, the whole
 * report states too. An input's first line names the report and the damage.
 */
final class DamageTarget implements FuzzTarget {

  private static final int MOST = 12;

  private final List<EqualOrAbsent.Whole> reports = EqualOrAbsent.reports();

  @Override
  public String name() {
    return "damage";
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (EqualOrAbsent.Whole whole : reports) {
      seeds.add(input(whole, Damage.LOST, whole.texts()));
    }
    return seeds;
  }

  /** A part of a figure is another figure, which that damage never makes. */
  @Override
  public boolean isShortenable() {
    return false;
  }

  @Override
  public byte[] next(List<byte[]> pool, Random random) {
    EqualOrAbsent.Whole whole = reports.get(random.nextInt(reports.size()));
    Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
    return input(whole, damage, damage.of(whole.texts(), 1 + random.nextInt(MOST), random));
  }

  @Override
  public Set<String> check(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String[] head = lines.remove(0).split("\t", -1);
    EqualOrAbsent.Whole whole =
        reports.stream().filter(r -> r.name().equals(head[0])).findFirst().orElse(null);
    if (whole == null || head.length != 2) {
      return Set.of();
    }
    Damage damage = Damage.valueOf(head[1]);
    Map<String, Set<String>> stated = EqualOrAbsent.figures(lines);
    Set<String> seen = new TreeSet<>();
    stated.forEach(
        (path, values) -> {
          if (!isOfNames(path) && !EqualOrAbsent.mayDiffer(path, damage, whole.figures())) {
            assertThat(EqualOrAbsent.allowed(path, whole.figures()))
                .as("%s of %s, %s", path, whole.name(), damage)
                .containsAll(values);
          }
        });
    whole.figures().keySet().stream()
        .filter(path -> !stated.containsKey(path))
        .forEach(path -> seen.add(damage + " takes " + path.replaceAll("\\[[^]]*]", "[]")));
    return seen;
  }

  private static byte[] input(EqualOrAbsent.Whole whole, Damage damage, List<String> lines) {
    return (whole.name() + "\t" + damage + "\n" + String.join("\n", lines))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether two names are one: a byte of one of them may have changed. */
  private static boolean isOfNames(String path) {
    return path.endsWith(".scope.limitIsOwn");
  }
}
