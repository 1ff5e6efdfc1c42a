package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.html.HtmlCheck;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code analyze} of copies of {@code /proc} files, alone and beside a log, and with the boot. */
class CopiesOfProcTest {

  private static final long TIME = 1_700_000_000_000L;

  private static final String MEMINFO =
      """
      MemTotal:        1000000 kB
      MemFree:            5000 kB
      MemAvailable:       8000 kB
      Buffers:             100 kB
      Cached:             9000 kB
      SwapCached:            0 kB
      AnonPages:        900000 kB
      Slab:              60000 kB
      SUnreclaim:        50000 kB
      KernelStack:        2000 kB
      PageTables:         3000 kB
      SwapTotal:        100000 kB
      SwapFree:            500 kB
      """;

  private static final String ZONEINFO =
      """
      Node 0, zone      DMA
        pages free     100
              min      10
              low      12
              high     15
              present  4000
              managed  3840
      Node 0, zone   Normal
        pages free     1000
              min      1000
              low      1200
              high     1500
              present  200000
              managed  180000
      """;

  @TempDir private Path folder;

  @Test
  void levelsAtOrUnderOnePercentAndWhatSlabHolds() throws IOException {
    String text =
        run(
            "analyze",
            write("meminfo.txt", MEMINFO, TIME),
            write("slabinfo", slabinfo(1000, 50), TIME + 1000));
    assertThat(text)
        .contains(
            "MemFree 4.9 MiB of 976.6 MiB (0.5 %): at or under 1 %",
            "SwapFree 500.0 KiB of 97.7 MiB (0.5 %): at or under 1 %",
            "task_struct holds 9.5 MiB",
            "kmalloc-64",
            "MEMORY_EXHAUSTED",
            "SWAP_EXHAUSTED");
  }

  @Test
  void growthBetweenTwoTimes() throws IOException {
    String text =
        run(
            "analyze",
            write("1", slabinfo(1000, 50), TIME),
            write("2", slabinfo(4000, 60), TIME + 3_600_000));
    assertThat(text)
        .contains("task_struct grew from 9.5 MiB to 38.1 MiB in 60 minutes")
        .doesNotContain("kmalloc-64 grew from 0 B");
  }

  /** Each moment is a point; the page has the sentences and a chart, the others the sentences. */
  @Test
  void everyFormShowsWhatGrew() throws IOException {
    String[] copies = new String[3];
    for (int i = 0; i < 3; i++) {
      String meminfo =
          MEMINFO.replace("SUnreclaim:        50000", "SUnreclaim: " + 50_000 * (i + 1));
      copies[i] = write("meminfo" + i, meminfo, TIME + i * 3_600_000L);
    }
    String page = run("analyze", "--output", "html", copies[0], copies[1], copies[2]);
    HtmlCheck.check(page);
    assertThat(page)
        .contains("slab unreclaimable <b>5.0 % → 15.0 %</b>")
        .contains("slab_unreclaimable grew from 48.8 MiB to 146.5 MiB in 120 minutes")
        .contains("<path class=\"d l0\" d=\"M0.00 110.40h0M300.00 104.80h0M600.00 99.20h0\"/>");
    assertThat(run("analyze", "--output", "markdown", copies[0], copies[1], copies[2]))
        .contains("## MEMORY of this machine, by 3 copies of its files")
        .contains("* slab_unreclaimable grew from 48.8 MiB to 146.5 MiB in 120 minutes");
  }

  @Test
  void controlGroupsAreUsed() throws IOException {
    Path group = Files.createDirectories(folder.resolve("app"));
    Files.writeString(group.resolve("memory.stat"), "anon 104857600\nfile 4096\nkernel 8192\n");
    Files.writeString(group.resolve("memory.events"), "low 0\nhigh 0\nmax 17\noom 3\noom_kill 2\n");
    String text =
        run(
            "analyze",
            group.resolve("memory.stat").toString(),
            group.resolve("memory.events").toString());
    assertThat(text).contains("100.0 MiB anonymous", "limit 17 times, and 2 processes");
  }

  @Test
  void zonesAgainstTheLogsReserved() throws IOException {
    String seed = Path.of("..", "samples", "seed.dmesg").toString();
    String text = run("analyze", seed, write("zoneinfo", ZONEINFO, TIME));
    assertThat(text)
        .contains("the log calls 729.6 MiB reserved, 650.8 MiB apart", "PAGE_TABLE_BLOAT");
  }

  @Test
  void sosreportHoldsBoth() throws IOException {
    Path sos = folder.resolve("sos.tar");
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(sos))) {
      addTo(tar, "sos-db7/proc/meminfo", MEMINFO);
      addTo(tar, "sos-db7/proc/zoneinfo", ZONEINFO);
      addTo(tar, "sos-db7/sos_commands/memory/free", "total used free\n");
      addTo(
          tar,
          "sos-db7/sos_commands/kernel/dmesg",
          Files.readString(Path.of("..", "samples", "seed.dmesg")));
      addTo(tar, "sos-db7/hostname", "db7\n");
    }
    assertThat(run("analyze", sos.toString()))
        .contains(
            "MEMORY of db7",
            "MemFree 4.9 MiB of 976.6 MiB",
            "the log calls 729.6 MiB reserved",
            "killed on db7",
            "Read: 1 file");
  }

  private static void addTo(TarArchiveOutputStream tar, String name, String text)
      throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setModTime(TIME);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  @Test
  void bootOfTheSameLogIsExplainedInBothLanguages() throws IOException {
    String log = write("start.log", bootAndKill(), TIME);
    for (String language : List.of("en", "zh")) {
      String text = run("analyze", "--explain", "--lang", language, log);
      assertThat(text).contains("9.8 MiB", "66.4 MiB").doesNotContain("{", "explain.", "boot.");
    }
    String json = run("analyze", "--output", "json", log);
    List<JsonNode> kills = new ArrayList<>();
    for (String line : json.split("\n")) {
      JsonNode event = EventJson.parse(line.getBytes(StandardCharsets.UTF_8));
      if (event.path("type").asText().equals(OutgoingEvent.Type.KILL.ceType())) {
        SchemaAssert.assertValid(OutgoingEvent.Type.KILL, event.path("data"));
        kills.add(event);
      }
    }
    JsonNode boot = kills.get(0).at("/data/memory/boot");
    assertThat(boot.path("reservedBytes").asLong()).isEqualTo(76288L << 10);
    assertThat(boot.path("freedBytes").asLong()).isEqualTo(10000L << 10);
    assertThat(boot.path("reservedSinceBytes").asLong()).isEqualTo(1700L << 10);
  }

  @Test
  void withoutTheBootNothingIsSaidOfIt() {
    String seed = Path.of("..", "samples", "seed.dmesg").toString();
    assertThat(run("analyze", "--output", "json", seed)).doesNotContain("\"boot\":");
    assertThat(run("analyze", "--explain", seed))
        .contains("does not hold the boot's lines", "Mask 0xcc0 (GFP_KERNEL)", "kswapd itself");
  }

  /** Case 14's machine, with a boot before it: 8170 pages of 4 KiB reserved at the kill. */
  private static String bootAndKill() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("[    0.000000] Linux version 6.12.62+rpt-rpi-v8");
    lines.add(
        "[    0.100000] Memory: 370000K/458752K available (13000K kernel code, 2000K rwdata, 4000K"
            + " rodata, 4000K init, 1000K bss, 76288K reserved, 0K cma-reserved)");
    lines.add("[    1.000000] Freeing initrd memory: 6000K");
    lines.add("[    2.000000] Freeing unused kernel memory: 4000K");
    int i = 0;
    for (String line :
        Files.readAllLines(Path.of("src/test/resources/cases/14-no-hugetlb-line.log"))) {
      String text = line.equals("8170 pages reserved") ? "16997 pages reserved" : line;
      lines.add(String.format("[  900.%06d] %s", i++, text));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String slabinfo(int tasks, int objects) {
    return """
        slabinfo - version: 2.1
        # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables
        task_struct %d %d 10000 3 8 : tunables 0 0 0 : slabdata 1 1 0
        kmalloc-64 %d %d 64 64 1 : tunables 0 0 0 : slabdata 1 1 0
        """
        .formatted(tasks, tasks, objects, objects);
  }

  private String write(String name, String text, long timeMs) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(timeMs));
    return file.toString();
  }

  private static String run(String... args) {
    PrintStream real = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      assertThat(OomstreamCommand.execute(args)).isZero();
      return out.toString(StandardCharsets.UTF_8).replace("\n    ", " ").replaceAll(" +", " ");
    } finally {
      System.setOut(real);
    }
  }
}
