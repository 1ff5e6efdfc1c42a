package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.assemble.HostLine;
import io.oomstream.event.EventJson;
import io.oomstream.format.EnvelopeWriter;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same log of a real kernel in every envelope: equal events, but for what the envelope cannot
 * carry (times, boot, facility, and the caller, which only tells reports apart that mix).
 */
class EnvelopesTest {

  private static final String KERNEL = "6.1.0-50-amd64";
  private static final long BOOT_US = 1_795_413_600_000_000L;

  /** What of an event depends on the envelope alone. */
  private static final List<String> CARRIED =
      List.of(
          "eventId",
          "host",
          "time",
          "kernelTimeUs",
          "provenance",
          "block",
          "window",
          "schemaVersion");

  @ParameterizedTest
  @EnumSource(
      value = Envelope.class,
      names = {"AUTO", "CUSTOM_JSON"},
      mode = EnumSource.Mode.EXCLUDE)
  void givesEqualEvents(Envelope envelope) {
    for (String scenario : List.of("03-memcg2-kube", "01-global-noswap", "12-slab-leak")) {
      List<KernelLine> kernel = kernelLines(scenario);
      PlainPipeline.Result expected = PlainPipeline.run(wrapped(kernel, Envelope.KMSG));
      PlainPipeline.Result result = PlainPipeline.run(wrapped(kernel, envelope));

      assertThat(expected.kills()).as(scenario).isNotEmpty();
      assertThat(bare(result.kills())).as(scenario).isEqualTo(bare(expected.kills()));
      assertThat(bare(result.signals())).as(scenario).isEqualTo(bare(expected.signals()));
      assertThat(result.kills())
          .as(scenario)
          .allSatisfy(kill -> assertThat(kill.block().unparsedLines()).isZero());
    }
  }

  private static List<KernelLine> kernelLines(String scenario) {
    LabLogs.LabLog log = LabLogs.one(KERNEL, scenario, "kmsg.log");
    List<KernelLine> lines = new ArrayList<>();
    Lines.of(log, 1_000).forEach(line -> lines.add(line.line()));
    return lines;
  }

  private static List<HostLine> wrapped(List<KernelLine> lines, Envelope envelope) {
    List<RawRecord> records = new ArrayList<>();
    for (KernelLine line : lines) {
      long kernelUs = line.kernelTimeUs() == null ? 0 : line.kernelTimeUs();
      byte[] value =
          new EnvelopeWriter(
                  "db1",
                  "0f4c9d1e2b3a4f5e8d7c6b5a49382716",
                  BOOT_US + kernelUs,
                  kernelUs,
                  line.sequence() == null ? 0 : line.sequence(),
                  (line.facility() == null ? 0 : line.facility() * 8)
                      + (line.level() == null ? 4 : line.level()),
                  "",
                  line.text())
              .in(envelope);
      long ms = (BOOT_US + kernelUs) / 1_000;
      records.add(new RawRecord("kernel.logs", 0, records.size() + 1L, ms, null, value, Map.of()));
    }
    return Lines.decode(records, "db1");
  }

  private static List<JsonNode> bare(List<?> events) {
    List<JsonNode> bare = new ArrayList<>();
    for (Object event : events) {
      ObjectNode tree = (ObjectNode) EventJson.toTree(event);
      tree.remove(CARRIED);
      tree.remove("relatedEvents");
      // A message of several lines is one line of evidence, or that one of them.
      for (JsonNode evidence : tree.findValues("evidence")) {
        evidence.forEach(item -> ((ObjectNode) item).remove("line"));
      }
      bare.add(tree);
    }
    return bare;
  }
}
