import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints each kill once, however often its event is delivered. Needs kafka-clients and
 * jackson-databind:
 *
 * <pre>java -cp 'lib/*' deploy/consumers/java/OomKills.java kafka:9092 kernel.oom.kills</pre>
 *
 * <p>With a third argument it ends when nothing has come for that many seconds.
 */
public final class OomKills {

  private static final String KILL = "io.oomstream.kill.v1";

  /** So many ids back a repeat is noticed: a restart of the job repeats at most one checkpoint. */
  private static final int REMEMBERED = 100_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  public static void main(String[] args) throws IOException {
    Duration idle = args.length > 2 ? Duration.ofSeconds(Long.parseLong(args[2])) : null;
    Properties properties = new Properties();
    properties.put("bootstrap.servers", args[0]);
    properties.put("group.id", "oom-kills-printer");
    properties.put("auto.offset.reset", "earliest");
    properties.put("isolation.level", "read_committed");
    OomKills printer = new OomKills();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(args[1]));
      long last = System.nanoTime();
      while (idle == null || System.nanoTime() - last < idle.toNanos()) {
        ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(500));
        for (ConsumerRecord<String, byte[]> record : records) {
          last = System.nanoTime();
          printer.print(record);
        }
      }
    }
  }

  private void print(ConsumerRecord<String, byte[]> record) throws IOException {
    if (!KILL.equals(header(record, "ce_type"))
        || seen.put(header(record, "ce_id"), Boolean.TRUE) != null) {
      return;
    }
    JsonNode kill = JSON.readTree(record.value());
    System.out.printf(
        "%s %s: %s (pid %s): %s%n",
        kill.path("time").asText("-"),
        kill.path("host").path("name").asText("-"),
        kill.path("victim").path("comm").asText("-"),
        kill.path("victim").path("pid").asText("-"),
        kill.path("cause").path("primary").asText("-"));
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
