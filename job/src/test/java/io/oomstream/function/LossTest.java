package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.EventJson;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.Deliveries.Delivery;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are missing inside a block are reported, and only those. */
class LossTest {

  private static final LabLogs.LabLog LOG =
      LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log");
  private static final int REPORT = indexOf("invoked oom-killer");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void nothingIsMissingInAWholeLog(int partitions) throws Exception {
    Result result = run(Deliveries.inOrder(List.of(LOG), partitions), 2);
    assertThat(result.lostLines()).isZero();
    assertThat(result.losses()).isEmpty();
    assertThat(result.block().at("/block/complete").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void missingRecordsAreCounted(int partitions) throws Exception {
    List<Delivery> all = new ArrayList<>(Deliveries.inOrder(List.of(LOG), partitions).all());
    all.subList(REPORT + 20, REPORT + 23).clear();
    Result result = run(new Deliveries(all), 2);
    assertThat(result.lostLines()).isEqualTo(3);
    assertThat(result.losses()).hasSize(1);
    assertThat(result.losses().get(0).at("/measured").asDouble()).isEqualTo(3);
    assertThat(result.block().at("/block/complete").asBoolean()).isFalse();
  }

  @Test
  void aHoleThatIsFilledLaterFromAnotherPartitionIsNone() throws Exception {
    List<Delivery> all = new ArrayList<>(Deliveries.inOrder(List.of(LOG), 1).all());
    List<Delivery> hole = all.subList(REPORT + 20, REPORT + 23);
    List<RawRecord> late = hole.stream().map(d -> inPartition(d.record(), 5)).toList();
    hole.clear();
    try (MiniJob job = MiniJob.ofDefaults(2)) {
      new Deliveries(all).into(job, new Random(1));
      for (RawRecord record : late) {
        job.read(record);
      }
      job.end();
      Result result = new Result(job.validEvents());
      assertThat(result.lostLines()).isZero();
      assertThat(result.losses()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void whatTheClassifierDropsIsNotMissing(int partitions) throws Exception {
    for (int at = REPORT + 5; at < REPORT + 80; at += 7) {
      List<Delivery> all = new ArrayList<>(Deliveries.inOrder(List.of(LOG), partitions).all());
      for (int i = 0; i < 4; i++) {
        all.set(at + i, meaningless(all.get(at + i)));
      }
      Deliveries shuffled = new Deliveries(all).disturbed(at, 5_000, 0.05);
      for (Deliveries deliveries : List.of(new Deliveries(all), shuffled)) {
        Result result = run(deliveries, 4);
        assertThat(result.losses()).as("at %s", at).isEmpty();
        assertThat(result.lostLines()).isZero();
      }
    }
  }

  @Test
  void theKernelsOwnWordCountsWhereItStands() throws Exception {
    String word = "** 45 printk messages dropped **";
    Result inside = run(withLine(REPORT + 30, word), 1);
    assertThat(inside.lostLines()).isEqualTo(45);
    assertThat(inside.losses()).isNotEmpty();
    assertThat(inside.block().at("/block/complete").asBoolean()).isFalse();

    Result before = run(withLine(REPORT - 1, word), 1);
    assertThat(before.lostLines()).as("lost before the report's head").isZero();
    assertThat(before.losses()).hasSize(1);
    assertThat(before.losses().get(0).at("/measured").asDouble()).isEqualTo(45);
    assertThat(before.block().at("/block/complete").asBoolean()).isTrue();
  }

  @Test
  void suppressedReportsCountForTheNextOne() throws Exception {
    Result result = run(withLine(REPORT - 1, "oom_kill_process: 7 callbacks suppressed"), 1);
    assertThat(result.block().at("/block/suppressedLines").asLong()).isEqualTo(7);
    assertThat(result.losses()).hasSize(1);
  }

  /** The log with one line's text replaced. */
  private static Deliveries withLine(int index, String text) {
    List<Delivery> all = new ArrayList<>(Deliveries.inOrder(List.of(LOG), 1).all());
    all.set(index, saying(all.get(index), text));
    return new Deliveries(all);
  }

  private static Delivery meaningless(Delivery delivery) {
    return saying(delivery, "docker0: port 1(veth1a2b3c4) entered disabled state");
  }

  private static Delivery saying(Delivery delivery, String text) {
    RawRecord own = delivery.record();
    String line = new String(own.value(), StandardCharsets.ISO_8859_1);
    byte[] value =
        (line.substring(0, line.indexOf(';') + 1) + text).getBytes(StandardCharsets.ISO_8859_1);
    return new Delivery(
        new RawRecord(
            own.topic(),
            own.partition(),
            own.offset(),
            own.timestamp(),
            own.key(),
            value,
            own.headers()),
        delivery.at());
  }

  private static RawRecord inPartition(RawRecord own, int partition) {
    return new RawRecord(
        own.topic(),
        partition,
        own.offset(),
        own.timestamp(),
        own.key(),
        own.value(),
        own.headers());
  }

  private static int indexOf(String text) {
    List<byte[]> lines = LOG.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (new String(lines.get(i), StandardCharsets.ISO_8859_1).contains(text)) {
        return i;
      }
    }
    throw new AssertionError(text);
  }

  private static Result run(Deliveries deliveries, int parallelism) throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(parallelism)) {
      deliveries.into(job, new Random(1));
      job.end();
      return new Result(job.validEvents());
    }
  }

  private record Result(Map<String, String> events) {
    JsonNode block() {
      List<JsonNode> blocks = of("BLOCK");
      assertThat(blocks).hasSize(1);
      return blocks.get(0);
    }

    long lostLines() {
      assertThat(of("KILL").get(0).at("/block")).isEqualTo(block().at("/block"));
      return block().at("/block/lostLines").asLong(0);
    }

    List<JsonNode> losses() {
      return of("SIGNAL").stream()
          .filter(signal -> signal.at("/kind").asText().equals("LOG_LOSS"))
          .toList();
    }

    private List<JsonNode> of(String type) {
      return events.entrySet().stream()
          .filter(event -> event.getKey().startsWith(type))
          .map(event -> EventJson.parse(event.getValue().getBytes(StandardCharsets.UTF_8)))
          .toList();
    }
  }
}
