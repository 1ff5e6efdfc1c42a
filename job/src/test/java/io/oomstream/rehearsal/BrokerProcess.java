package io.oomstream.rehearsal;

import io.oomstream.kafka.local.LocalBroker;
import java.nio.file.Path;

/** A Kafka broker as a process of its own; it ends with its standard input. */
final class BrokerProcess {

  private BrokerProcess() {}

  /** One argument: the directory for its files. Prints {@code HOST:PORT} when it can be used. */
  public static void main(String[] args) throws Exception {
    try (LocalBroker broker = LocalBroker.start(Path.of(args[0]))) {
      System.out.println(broker.bootstrapServers());
      System.out.flush();
      while (System.in.read() >= 0) {
        // Nothing is expected; the end of the input is the sign to stop.
      }
    }
  }
}
