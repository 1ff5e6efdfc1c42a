package io.oomstream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.Topic;

/** Checks before the job starts whether Kafka answers and has the topics. */
public final class TopicCheck {
  /** How long to wait for an answer of Kafka. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final String NO_SUCH_HOST = "No resolvable bootstrap urls";

  private TopicCheck() {}

  /**
   * Waits until Kafka answers and has all the topics.
   *
   * @param say gets the reason for waiting, when it changes and once a minute
   * @throws KafkaSetupException if these options can never work or the thread is interrupted
   */
  public static void await(
      KafkaSettings settings, Collection<String> topics, Consumer<String> say) {
    await(() -> require(settings, topics), new Backoff(), say);
  }

  static void await(Runnable look, Backoff backoff, Consumer<String> say) {
    String said = "";
    while (true) {
      try {
        look.run();
        return;
      } catch (KafkaSetupException e) {
        if (!e.mayPass()) {
          throw e;
        }
        String why = String.valueOf(e.getMessage());
        if (backoff.isTimeToSay() || !said.equals(why)) {
          said = why;
          say.accept(why);
        }
        if (!backoff.pause()) {
          throw new KafkaSetupException("interrupted while waiting: " + why, e);
        }
      }
    }
  }

  /**
   * @throws KafkaSetupException unless all topics exist
   */
  public static void require(KafkaSettings settings, Collection<String> topics) {
    require(settings, topics, DEFAULT_TIMEOUT);
  }

  /** The same with a timeout. */
  public static void require(KafkaSettings settings, Collection<String> topics, Duration timeout) {
    ask(
        settings,
        timeout,
        admin -> {
          topics.forEach(TopicCheck::checkName);
          List<String> missing = missing(admin, new TreeSet<>(topics));
          if (!missing.isEmpty()) {
            throw KafkaSetupException.passing(
                (missing.size() == 1 ? "topic " : "topics ")
                    + String.join(", ", missing)
                    + (missing.size() == 1 ? " does" : " do")
                    + " not exist on "
                    + settings.bootstrapServers()
                    + ": create "
                    + (missing.size() == 1 ? "it" : "them")
                    + " or give other names",
                null);
          }
        });
  }

  private static void checkName(String topic) {
    if (!Topic.isValid(topic)) {
      throw new KafkaSetupException(
          "topic '" + topic + "' cannot exist: a name is of letters, digits, '.', '_' and '-'");
    }
  }

  private interface Question {
    void put(Admin admin) throws ExecutionException, InterruptedException;
  }

  private static void ask(KafkaSettings settings, Duration timeout, Question question) {
    Properties p = settings.admin();
    String millis = Long.toString(timeout.toMillis());
    p.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    p.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    String servers = settings.bootstrapServers();
    Admin admin;
    try {
      admin = Admin.create(p);
    } catch (KafkaException e) {
      String why = "cannot make a client for Kafka at " + servers + ": " + rootMessage(e);
      throw rootMessage(e).startsWith(NO_SUCH_HOST)
          ? KafkaSetupException.passing(why, e)
          : new KafkaSetupException(why, e);
    }
    try {
      question.put(admin);
    } catch (ExecutionException e) {
      throw explain(servers, timeout, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaSetupException("interrupted while asking Kafka at " + servers, e);
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private static List<String> missing(Admin admin, Set<String> topics)
      throws ExecutionException, InterruptedException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        topic.getValue().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          missing.add(topic.getKey());
        } else {
          throw e;
        }
      }
    }
    missing.sort(null);
    return missing;
  }

  private static KafkaSetupException explain(String servers, Duration timeout, Throwable cause) {
    String message;
    if (cause instanceof TimeoutException) {
      message =
          "cannot reach Kafka at "
              + servers
              + " within "
              + timeout.toMillis() / 1000.0
              + " s: check the address, the network and "
              + KafkaSettings.PREFIX
              + "security.protocol";
    } else if (cause instanceof AuthenticationException) {
      message =
          "no login to Kafka at "
              + servers
              + ": "
              + cause.getMessage()
              + " (check "
              + KafkaSettings.PREFIX
              + "security.protocol, user and password, and certificates)";
    } else if (cause instanceof AuthorizationException) {
      message = "Kafka at " + servers + " forbids this user to look at it: " + cause.getMessage();
    } else {
      message = "Kafka at " + servers + " answers with an error: " + rootMessage(cause);
    }
    return KafkaSetupException.passing(message, cause);
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
