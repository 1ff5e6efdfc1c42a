package io.oomstream.pipeline;

import io.oomstream.event.OutgoingEvent;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of the job over topics as they stand writes to: topics of its own, by the run's
 * name.
 */
public record RunTopics(String bootstrapServers, String name) {

  /** Makes the topics. */
  public static RunTopics create(LocalBroker broker, String name, int partitions) throws Exception {
    RunTopics topics = new RunTopics(broker.bootstrapServers(), name);
    for (String topic :
        List.of(topics.kills(), topics.signals(), topics.blocks(), topics.deadLetters())) {
      broker.createTopic(topic, partitions);
    }
    return topics;
  }

  public String kills() {
    return name + ".kills";
  }

  public String signals() {
    return name + ".signals";
  }

  public String blocks() {
    return name + ".blocks";
  }

  public String deadLetters() {
    return name + ".dead";
  }

  /** Options of a job that reads its input from the beginning and ends with it. */
  public Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap.servers", bootstrapServers);
    options.put("kafka.group.id", name);
    options.put("kafka.start-from", "earliest");
    options.put("kafka.stop-at-end", "true");
    options.put("output.kills.topic", kills());
    options.put("output.signals.topic", signals());
    options.put("output.blocks.topic", blocks());
    options.put("output.dead-letters.topic", deadLetters());
    return options;
  }

  /** Every event that was written and committed. */
  public List<ConsumedRecord> events() {
    List<ConsumedRecord> all = new ArrayList<>();
    for (String topic : List.of(kills(), signals(), blocks())) {
      all.addAll(
          TopicReader.readAll(bootstrapServers, topic, TopicReader.Isolation.READ_COMMITTED));
    }
    return all;
  }

  /** What an event's header says that it is. */
  public static OutgoingEvent.Type typeOf(ConsumedRecord event) {
    return Arrays.stream(OutgoingEvent.Type.values())
        .filter(t -> t.ceType().equals(event.header("ce_type")))
        .findFirst()
        .orElseThrow();
  }
}
