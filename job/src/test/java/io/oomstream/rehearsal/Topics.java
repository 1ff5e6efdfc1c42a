package io.oomstream.rehearsal;

import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.kafka.local.TopicReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The topics seen from outside: made, read back, and how far the job has read. */
final class Topics implements AutoCloseable {
  private final String servers;
  private final Admin admin;

  Topics(String servers) {
    this.servers = servers;
    Properties p = new Properties();
    p.setProperty("bootstrap.servers", servers);
    this.admin = Admin.create(p);
  }

  /** Makes a topic and waits until every partition of it can be read and written. */
  void create(String topic, int partitions) throws InterruptedException {
    try {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + topic, e);
    }
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    Await.that(
        "the broker knows " + topic,
        () -> {
          try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return admin.listOffsets(ends).all().get();
          } catch (ExecutionException e) {
            return null;
          }
        });
  }

  void delete(String topic) throws InterruptedException {
    try {
      admin.deleteTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + topic, e);
    }
  }

  /** Makes a node the only replica, and so the leader, of all that Kafka itself keeps. */
  void moveInternal(int node) throws InterruptedException {
    try {
      Map<TopicPartition, Optional<NewPartitionReassignment>> moves = new HashMap<>();
      ListTopicsOptions all = new ListTopicsOptions().listInternal(true);
      for (String topic : admin.listTopics(all).names().get()) {
        if (topic.startsWith("__")) {
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get()
              .get(topic)
              .partitions()
              .forEach(
                  partition ->
                      moves.put(
                          new TopicPartition(topic, partition.partition()),
                          Optional.of(new NewPartitionReassignment(List.of(node)))));
        }
      }
      admin.alterPartitionReassignments(moves).all().get();
      Await.that(
          "the internal topics have moved",
          () -> {
            try {
              return admin.listPartitionReassignments().reassignments().get().isEmpty()
                  ? true
                  : null;
            } catch (ExecutionException e) {
              throw new java.io.IOException(e);
            }
          });
    } catch (ExecutionException e) {
      throw new IllegalStateException("internal topics", e);
    }
  }

  /** Whether the group has committed the end of every partition. */
  boolean readToEnd(String group, String topic) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      int partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      for (int i = 0; i < partitions; i++) {
        latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
      }
      return admin.listOffsets(latest).all().get().entrySet().stream()
          .allMatch(
              end -> {
                OffsetAndMetadata at = committed.get(end.getKey());
                return (at == null ? 0 : at.offset()) >= end.getValue().offset();
              });
    } catch (ExecutionException e) {
      throw new IllegalStateException("offsets of " + topic, e);
    }
  }

  /** Every value by ce_id, as often as it was written. */
  Map<String, List<String>> events(List<String> topics) {
    Map<String, List<String>> events = new TreeMap<>();
    for (String topic : topics) {
      for (ConsumedRecord record :
          TopicReader.readAll(servers, topic, TopicReader.Isolation.READ_UNCOMMITTED)) {
        events
            .computeIfAbsent(
                record.header("ce_type") + " " + record.header("ce_id"), k -> new ArrayList<>())
            .add(record.valueText());
      }
    }
    return events;
  }

  @Override
  public void close() {
    admin.close();
  }
}
