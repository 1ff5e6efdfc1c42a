package io.oomstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.OomStreamJob;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The cluster's entry, at the first start and at a failover of the JobManager alike: Flink runs
 * {@code main} again, and a {@code main} that throws ends the job for good.
 */
class WaitsToStartTest {

  private static final String LOGGER = "io.oomstream.cli.RunCommand";

  @Test
  @Timeout(120) // one that waits for ever without a word would hang the build
  void mainSaysWhyItWaitsForKafkaAndDoesNotFail() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread main =
        new Thread(
            () -> {
              try {
                OomStreamJob.main(new String[] {"run", "--bootstrap-servers", "127.0.0.1:" + port});
              } catch (IllegalArgumentException e) {
                end.set(e);
              }
            });
    Waiting waiting = new Waiting(main);
    waiting.start();
    main.setDaemon(true);
    Configurator.setLevel(LOGGER, Level.WARN); // the tests' configuration has errors only
    Logger logger = (Logger) LogManager.getLogger(LOGGER);
    logger.addAppender(waiting);
    try {
      main.start();
      main.join();
    } finally {
      logger.removeAppender(waiting);
      Configurator.setLevel(LOGGER, Level.ERROR);
    }
    assertThat(waiting.lines)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("Waiting to start: cannot reach Kafka at 127.0.0.1:" + port);
    assertThat(end.get()).hasMessageContaining("interrupted while waiting");
  }

  /** Ends the wait when it is known to be one. */
  private static final class Waiting extends AbstractAppender {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread main;

    Waiting(Thread main) {
      super("waiting", null, null, true, Property.EMPTY_ARRAY);
      this.main = main;
    }

    @Override
    public void append(LogEvent event) {
      lines.add(event.getMessage().getFormattedMessage());
      main.interrupt();
    }
  }
}
