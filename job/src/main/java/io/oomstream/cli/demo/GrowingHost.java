package io.oomstream.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.event.EventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A host that nothing has killed on yet: its memory as the snapshot collector sends it, over half a
 * day. In the last hours a slab cache grows.
 */
public final class GrowingHost {

  public static final String NAME = "growing";

  private static final int SAMPLES = 360;
  private static final int QUIET = 240;
  private static final long EVERY_MS = 120_000;
  private static final long TOTAL_KB = 16L << 20;
  private static final long OBJECT_BYTES = 256;
  private static final long FIRST_OBJECTS = 400_000;

  /** Of 256 bytes, in two minutes: some 24 MiB. */
  private static final long MORE_OBJECTS = 100_000;

  /**
   * A snapshot.
   *
   * @param time milliseconds since the epoch
   */
  public record Sample(long time, byte[] value) {}

  private GrowingHost() {}

  /** All snapshots, the last one taken at that time. */
  public static List<Sample> until(long lastMs) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      long time = lastMs - (SAMPLES - 1 - i) * EVERY_MS;
      samples.add(new Sample(time, sample(time, i)));
    }
    return samples;
  }

  private static byte[] sample(long time, int number) {
    // A little noise that repeats, as every machine has it.
    long noise = number * 7919L % 211;
    long objects = FIRST_OBJECTS + Math.max(0, number - QUIET) * MORE_OBJECTS + noise * 16;
    long cacheKb = objects * OBJECT_BYTES / 1024;
    long slabKb = 120_000 + cacheKb;
    long anonKb = 4_000_000 + noise * 300;
    long fileKb = 3_000_000 - noise * 100;
    long freeKb = TOTAL_KB - slabKb - anonKb - fileKb - 400_000;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("host", NAME);
    json.put("time", Instant.ofEpochMilli(time).toString());
    json.put("bootId", "5b0c2f7e-6f0d-4a53-9d59-3a2b8f1f6c01");
    json.put("pageSize", 4096);
    ObjectNode files = json.putObject("files");
    files.put("meminfo", meminfo(freeKb, anonKb, fileKb, slabKb));
    files.put("slabinfo", slabinfo(objects));
    return EventJson.toBytes(json);
  }

  private static String meminfo(long freeKb, long anonKb, long fileKb, long slabKb) {
    return "MemTotal: %d kB%nMemFree: %d kB%nMemAvailable: %d kB%n"
            .formatted(TOTAL_KB, freeKb, freeKb + fileKb)
            .replace(System.lineSeparator(), "\n")
        + "Buffers: 0 kB\nCached: "
        + fileKb
        + " kB\nSwapCached: 0 kB\nActive: "
        + anonKb
        + " kB\n"
        + "Inactive: "
        + fileKb
        + " kB\nActive(anon): "
        + anonKb
        + " kB\nInactive(anon): 0 kB\n"
        + "Active(file): 0 kB\nInactive(file): "
        + fileKb
        + " kB\nUnevictable: 0 kB\n"
        + "SwapTotal: 0 kB\nSwapFree: 0 kB\nAnonPages: "
        + anonKb
        + " kB\nShmem: 0 kB\n"
        + "Slab: "
        + (slabKb + 200_000)
        + " kB\nSReclaimable: 200000 kB\nSUnreclaim: "
        + slabKb
        + " kB\nKernelStack: 20000 kB\nPageTables: 40000 kB\n";
  }

  private static String slabinfo(long objects) {
    return "slabinfo - version: 2.1\n"
        + "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>"
        + " : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs>"
        + " <sharedavail>\n"
        + "dentry 300000 300000 192 21 1 : tunables 0 0 0 : slabdata 14286 14286 0\n"
        + "filp "
        + objects
        + " "
        + objects
        + " "
        + OBJECT_BYTES
        + " 16 1 : tunables 0 0 0 : slabdata "
        + objects / 16
        + " "
        + objects / 16
        + " 0\n";
  }
}
