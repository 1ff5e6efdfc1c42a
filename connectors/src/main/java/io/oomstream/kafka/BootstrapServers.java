package io.oomstream.kafka;

import java.util.ArrayList;
import java.util.List;

/** Checks the syntax of the list of bootstrap servers; no name is looked up. */
final class BootstrapServers {
  private static final int MAX_PORT = 65535;

  private BootstrapServers() {}

  /** The list without blanks and empty entries. */
  static String check(String servers) {
    List<String> checked = new ArrayList<>();
    for (String entry : servers.split(",", -1)) {
      String server = entry.strip();
      if (!server.isEmpty()) {
        checkOne(server);
        checked.add(server);
      }
    }
    if (checked.isEmpty()) {
      throw new KafkaSetupException(
          "no bootstrap servers: give at least one broker as HOST:PORT, for example kafka:9092");
    }
    return String.join(",", checked);
  }

  private static void checkOne(String server) {
    if (server.contains("://")) {
      throw new KafkaSetupException(
          "bootstrap server '"
              + server
              + "' is a URL: give HOST:PORT, and TLS as "
              + KafkaSettings.PREFIX
              + "security.protocol=SSL");
    }
    int colon = server.lastIndexOf(':');
    boolean bareIpv6 = colon > 0 && server.indexOf(':') != colon && server.charAt(0) != '[';
    if (colon <= 0 || bareIpv6 || server.endsWith("]") || !isPort(server.substring(colon + 1))) {
      throw new KafkaSetupException(
          "bootstrap server '"
              + server
              + "' is not HOST:PORT with a port from 1 to 65535 (IPv6: [ADDRESS]:PORT)");
    }
    if (server.chars().anyMatch(Character::isWhitespace)) {
      throw new KafkaSetupException(
          "bootstrap server '"
              + server
              + "' holds a blank: give HOST:PORT, several separated by commas");
    }
  }

  private static boolean isPort(String text) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    int port = Integer.parseInt(text);
    return port > 0 && port <= MAX_PORT;
  }
}
