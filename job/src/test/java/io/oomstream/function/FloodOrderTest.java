package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Where a flood makes the steps coarser, too, what comes out follows from the lines: not from the
 * order in which they came, nor from the leaps of event time, nor from a restore.
 */
class FloodOrderTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long TORN = 62_000;
  private static final List<RawRecord> FLOOD = flood();
  private static final List<String> BLOCKS = blocks(FLOOD, new Random(0), 0);

  @Test
  void theFloodIsOverTheLimitAndBringsManyReports() {
    assertThat(FLOOD).hasSizeGreaterThan(12_000);
    assertThat(BLOCKS).hasSizeGreaterThan(20);
  }

  @Property(tries = 12)
  void anyOrderAndAnyLeapsOfEventTimeGiveTheSameBlocks(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int mode) {
    Random random = new Random(seed);
    List<String> blocks = blocks(order(random, mode), random, mode);
    assertThat(known(blocks, mode)).isEqualTo(known(BLOCKS, mode));
  }

  /**
   * A partition that begins in the middle of the log says nothing of the numbers before: how many
   * lines are missing follows from its order, and only that does.
   */
  private static List<String> known(List<String> blocks, int mode) {
    return mode == 1
        ? blocks.stream().map(b -> b.replaceFirst("^(\\S+ \\d+ \\S+) \\d+", "$1")).toList()
        : blocks;
  }

  /** As far out of order as the settling time allows, or not at all, or by more at the end. */
  private static List<RawRecord> order(Random random, int mode) {
    List<RawRecord> records = new ArrayList<>(FLOOD);
    if (mode == 1) {
      Collections.shuffle(records, random);
      return records;
    }
    List<Map.Entry<Long, RawRecord>> delayed = new ArrayList<>();
    for (RawRecord record : records) {
      long delay = mode == 0 ? 0 : random.nextInt(4_000);
      delayed.add(Map.entry(record.timestamp() + delay, record));
    }
    delayed.sort(Map.Entry.comparingByKey(Comparator.naturalOrder()));
    return delayed.stream().map(Map.Entry::getValue).toList();
  }

  /** All of it; in mode 1 event time stands still until the end, else it goes by leaps. */
  private static List<String> blocks(List<RawRecord> records, Random random, int mode) {
    List<String> blocks = new ArrayList<>();
    try {
      MiniJob job = MiniJob.ofDefaults(1);
      long newest = Long.MIN_VALUE;
      int restoreAt = random.nextInt(records.size());
      for (int i = 0; i < records.size(); i++) {
        job.read(records.get(i));
        newest = Math.max(newest, records.get(i).timestamp());
        if (mode != 1 && random.nextInt(200) == 0) {
          job.watermark(newest - 4_000);
        }
        if (i == restoreAt) {
          MiniJob.Checkpoint checkpoint = job.checkpoint();
          add(blocks, job);
          job.close();
          job = new MiniJob(1, AssembleSettings.defaults(), false, checkpoint);
          job.watermark(mode == 1 ? Long.MIN_VALUE : newest - 4_000);
        }
      }
      job.end();
      add(blocks, job);
      assertThat(job.residue()).isZero();
      job.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return blocks;
  }

  private static void add(List<String> blocks, MiniJob job) {
    job.blocks()
        .forEach(
            block ->
                blocks.add(
                    block.kind()
                        + " "
                        + block.lines().size()
                        + " "
                        + block.closedBy()
                        + " "
                        + block.lost()
                        + " "
                        + block.lines().get(0).text()));
  }

  /** A report every three seconds, some torn, in a flood of task table rows. */
  private static List<RawRecord> flood() {
    List<RawRecord> records = new ArrayList<>();
    for (int i = 0; i < 13_000; i++) {
      long ms = i * 7L;
      String text;
      if (i % 450 == 0) {
        text = "p" + i + " invoked oom-killer: gfp_mask=0xcc0, order=0";
      } else if (i % 450 == 380 && ms % 5_000 < 3_500) {
        text = "Out of memory: Killed process " + i + " (x" + i + ") total-vm:1kB, anon-rss:1kB";
      } else if (i % 450 == 385) {
        text = "oom_reaper: reaped process " + (i - 5) + " (x" + (i - 5) + "), now anon-rss:0kB";
      } else {
        text = "[  " + (1000 + i) + "]     0  " + (1000 + i) + " 2 3 4 5 0 bash";
      }
      if (ms > TORN && ms < TORN + 900) {
        continue; // lost on the way
      }
      String line = "4," + i + "," + (1_000_000 + 1_000 * ms) + ",-;" + text;
      records.add(
          new RawRecord(
              "t",
              i % 3,
              i,
              NOW + ms,
              "flood".getBytes(StandardCharsets.UTF_8),
              line.getBytes(StandardCharsets.UTF_8),
              Map.of()));
    }
    return records;
  }
}
