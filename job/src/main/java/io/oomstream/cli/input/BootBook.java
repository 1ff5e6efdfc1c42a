package io.oomstream.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.block.memory.BootFacts;
import io.oomstream.block.memory.BootMemory;
import io.oomstream.event.EventJson;
import io.oomstream.event.section.Memory;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.file.FileSplitter;
import io.oomstream.format.file.FileUnit;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the logs say of each boot's memory, by the place of the lines: an event belongs to the last
 * boot of its host whose lines stand before its own in the same file.
 */
public final class BootBook {

  private final Map<String, TreeMap<Long, BootFacts>> byLog = new HashMap<>();

  /** Takes a line of the kernel's in; those that say nothing of a boot's memory are passed over. */
  void see(String path, @Nullable String host, long line, String text) {
    TreeMap<Long, BootFacts> facts =
        byLog.computeIfAbsent(path + "\n" + host, log -> new TreeMap<>());
    BootFacts before = facts.isEmpty() ? BootFacts.NONE : facts.lastEntry().getValue();
    BootFacts after = before.with(text);
    if (!after.equals(before)) {
      facts.put(line, after);
    }
  }

  /** The lines of files; standard input can't be read twice. What can't be read is passed over. */
  public static BootBook of(List<LogFile> files, Envelope envelope, int maxLineBytes, ZoneId zone) {
    BootBook book = new BootBook();
    for (LogFile file : files) {
      if (file.path().equals(LogFile.STANDARD_INPUT)) {
        continue;
      }
      try (BufferedInputStream in = file.open()) {
        FileSplitter units = FileSplitter.of(in, envelope);
        EnvelopeDecoder decoder = new EnvelopeDecoder(envelope, maxLineBytes, zone);
        for (FileUnit unit = units.next(); unit != null; unit = units.next()) {
          FileUnit own = unit;
          RawRecord record =
              new RawRecord(
                  file.path(), 0, own.line(), file.referenceMs(), null, own.bytes(), Map.of());
          decoder.decode(
              record,
              view -> {
                if (mayBe(view.bytes(), view.start(), view.end())) {
                  book.see(
                      file.path(),
                      view.toLine(record, null).host(),
                      own.line(),
                      new String(
                          view.bytes(),
                          view.start(),
                          view.end() - view.start(),
                          StandardCharsets.ISO_8859_1));
                }
              });
        }
      } catch (IOException e) {
        continue; // the analysis itself says so
      }
    }
    return book;
  }

  /** First letters of the lines that are read. */
  private static boolean mayBe(byte[] text, int start, int end) {
    return start < end && "LMFRcHspDIShxV".indexOf(text[start]) >= 0;
  }

  /** Adds to an event with a machine's memory what became of it since the boot. */
  public void attach(JsonNode event) {
    JsonNode data = event.path("data");
    Memory.Boot boot = of(data);
    if (boot != null && data.path("memory") instanceof ObjectNode memory) {
      memory.set("boot", EventJson.toTree(boot));
    }
  }

  private Memory.@Nullable Boot of(JsonNode data) {
    JsonNode first = data.at("/block/first");
    String path = first.path("topic").asText();
    String host = data.at("/host/name").isTextual() ? data.at("/host/name").asText() : null;
    TreeMap<Long, BootFacts> facts = byLog.get(path + "\n" + host);
    facts = facts == null ? byLog.get(path + "\n" + null) : facts;
    Map.Entry<Long, BootFacts> entry =
        facts == null ? null : facts.floorEntry(first.path("offset").asLong());
    JsonNode memory = data.path("memory");
    JsonNode total = memory.path("totalBytes");
    JsonNode reserved = memory.path("reservedBytes");
    if (entry == null || !total.isIntegralNumber() || !reserved.isIntegralNumber()) {
      return null;
    }
    JsonNode pageSize = data.at("/host/pageSizeBytes");
    return BootMemory.of(
        entry.getValue(),
        total.longValue(),
        reserved.longValue(),
        pageSize.isIntegralNumber() ? Long.valueOf(pageSize.longValue()) : null);
  }
}
