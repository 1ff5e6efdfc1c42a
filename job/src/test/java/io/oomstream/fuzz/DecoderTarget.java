package io.oomstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.DecodeFailure;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Any bytes as any envelope: lines that lie in them, or a reason. */
final class DecoderTarget implements FuzzTarget {

  private static final int MAX_LINE = 1 << 12;
  private static final long RECORD_MS = 1_795_579_200_000L;

  private record Result(List<KernelLine> lines, DecodeFailure failure, Envelope envelope) {}

  @Override
  public String name() {
    return "decoder";
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.envelopes();
  }

  @Override
  public Set<String> check(byte[] input) {
    Set<String> seen = new TreeSet<>();
    check(Envelope.AUTO, input, seen);
    Envelope[] all = Envelope.values();
    check(all[Math.floorMod(Arrays.hashCode(input), all.length)], input, seen);
    return seen;
  }

  private static void check(Envelope pinned, byte[] input, Set<String> seen) {
    EnvelopeDecoder decoder = new EnvelopeDecoder(pinned, MAX_LINE);
    Result result = decode(decoder, input);
    assertThat(decode(decoder, input)).as("decoded again").isEqualTo(result);
    boolean packed = isPacked(input);
    int length = 0;
    for (KernelLine line : result.lines()) {
      assertThat(line.text().length()).isLessThanOrEqualTo(MAX_LINE);
      length += line.text().length();
      seen.add(pinned + " " + shape(line));
    }
    if (!packed) {
      assertThat(length).as("bytes of text").isLessThanOrEqualTo(input.length);
    }
    String failure = "none";
    if (result.failure() != null) {
      assertThat(result.failure().detail()).isNotBlank();
      failure = result.failure().detail().replaceAll("[^a-zA-Z]+", " ");
    }
    seen.add(pinned + " " + result.envelope() + " " + failure);
    seen.add(pinned + " " + result.envelope() + " " + Math.min(result.lines().size(), 3));
  }

  private static Result decode(EnvelopeDecoder decoder, byte[] input) {
    RawRecord record = new RawRecord("kernel.logs", 3, 7, RECORD_MS, null, input, Map.of());
    List<KernelLine> lines = new ArrayList<>();
    DecodeFailure failure = decoder.decode(record, view -> lines.add(view.toLine(record, null)));
    return new Result(lines, failure, decoder.envelope());
  }

  private static boolean isPacked(byte[] input) {
    return input.length > 1 && (input[0] == 0x1f || input[0] == 0x78);
  }

  private static String shape(KernelLine line) {
    return (line.host() == null ? "-" : "h")
        + (line.bootId() == null ? "-" : "b")
        + (line.wallTimeUs() == null ? "-" : "w")
        + (line.kernelTimeUs() == null ? "-" : "k")
        + (line.sequence() == null ? "-" : "s")
        + (line.caller() == null ? "-" : "c")
        + (line.fragmentOffset() == null ? "-" : "f")
        + line.facility();
  }
}
