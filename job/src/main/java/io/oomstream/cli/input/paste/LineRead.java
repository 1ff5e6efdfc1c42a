package io.oomstream.cli.input.paste;

import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One physical line of a text, as far as its envelope tells.
 *
 * @param number from 1
 * @param text in Latin-1: one char for a byte
 * @param head how far the envelope's head reaches; 0 where there is none
 * @param rule of what stands behind the head
 */
public record LineRead(long number, String text, int head, @Nullable LineRule rule) {

  /** Reads lines, one at a time. */
  public static final class Reader {
    private final EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.AUTO, 1 << 20);
    private int head;
    private byte[] value = new byte[0];

    public LineRead read(long number, String text) {
      // What rsyslog wrote for a newline stays as long as it is: the head is measured.
      value = text.replace("#01", "\u000101").getBytes(StandardCharsets.ISO_8859_1);
      head = 0;
      decoder.decode(new RawRecord("", 0, 0, 0, null, value, Map.of()), this::take);
      String body = text.substring(head);
      return new LineRead(number, text, head, Classifier.classify(body));
    }

    private void take(LineView view) {
      boolean headed =
          view.kernelTimeUs() != LineView.ABSENT
              || view.wallTimeUs() != LineView.ABSENT
              || view.sequence() != LineView.ABSENT
              || view.saysKernel();
      if (!headed || head > 0) {
        return;
      }
      int length = view.end() - view.start();
      // A text that was unescaped lies elsewhere; its head is what is not its text.
      head = view.bytes() == value ? view.start() : Math.max(1, value.length - length);
    }
  }

  public boolean isHeaded() {
    return head > 0;
  }

  public String body() {
    return text.substring(head);
  }

  public boolean isBlank() {
    return text.isBlank();
  }

  /** Whether the line stands at the beginning of a line of the kernel by what it says. */
  public boolean isStrong() {
    return rule != null && KernelText.begins(rule, body());
  }
}
