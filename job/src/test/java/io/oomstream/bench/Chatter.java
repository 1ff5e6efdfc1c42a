package io.oomstream.bench;

import io.oomstream.format.EnvelopeWriter;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ordinary kernel chatter, none of it a report's, in any envelope. Numbers and times rise from line
 * to line as a kernel writes them: where they fall, each dropped line becomes a note of its own.
 */
final class Chatter {

  /** What drivers, the network, audit and file systems write, with a number that changes. */
  private static final List<String> LINES =
      List.of(
          "audit: type=1400 audit(1766052311.123:%d): apparmor=\"STATUS\""
              + " operation=\"profile_load\" name=\"x\"",
          "IPv6: ADDRCONF(NETDEV_CHANGE): veth1a2b%d: link becomes ready",
          "docker0: port 3(veth1a2b3c%d) entered disabled state",
          "EXT4-fs (sda%d): mounted filesystem with ordered data mode. Opts: (null). Quota mode:"
              + " none.",
          "TCP: request_sock_TCP: Possible SYN flooding on port %d. Sending cookies.",
          "usb 1-1: new high-speed USB device number %d using xhci_hcd",
          "cni0: port 7(veth9c0ffee%d) entered forwarding state",
          "systemd[1]: Started session-%d.scope - Session of User core.");

  private static final long FIRST_WALL_US = 1_766_052_311_123_456L;
  private static final long FIRST_KERNEL_US = 81_429_116L;

  private Chatter() {}

  /** As many records of one host, each one line. */
  static RawRecord[] records(Envelope envelope, int count) {
    RawRecord[] records = new RawRecord[count];
    for (int i = 0; i < count; i++) {
      long later = 1_734L * i;
      EnvelopeWriter line =
          new EnvelopeWriter(
              "node-17.example.org",
              "0f3c1d6a9b2e4c718d5e6f7a8b9c0d1e",
              FIRST_WALL_US + later,
              FIRST_KERNEL_US + later,
              1337L + i,
              6,
              "",
              text(i));
      byte[] value = envelope == Envelope.JOURNALD_JSON ? journal(line) : line.in(envelope);
      records[i] =
          new RawRecord("kernel.logs", 0, i, (FIRST_WALL_US + later) / 1000, null, value, Map.of());
    }
    return records;
  }

  /** An entry whose message is text, as journalctl writes all but what is no UTF-8. */
  private static byte[] journal(EnvelopeWriter line) {
    String fields =
        new String(line.in(Envelope.FLUENT_BIT_SYSTEMD), StandardCharsets.UTF_8)
            .replaceFirst("\"@timestamp\":\"[^\"]*\",", "");
    String head = "{\"__CURSOR\":\"s=5f0c;i=%x;b=0f3c1d6a;m=4da\",\"__REALTIME_TIMESTAMP\":\"%d\",";
    return (String.format(Locale.ROOT, head, line.sequence(), line.wallTimeUs())
            + fields.substring(1))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One line's text. */
  static String text(int number) {
    return String.format(Locale.ROOT, LINES.get(number % LINES.size()), number % 1000);
  }
}
