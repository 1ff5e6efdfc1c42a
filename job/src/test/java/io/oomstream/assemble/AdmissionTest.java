package io.oomstream.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.format.line.KernelLine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

  private static final Admission ADMISSION =
      new Admission(
          new AssembleSettings(5_000, 3_000, 30_000, 100, 10_000, SegmentLimits.defaults()));
  private static final String HEAD = "x invoked oom-killer: gfp_mask=0xcc0, order=0";
  private static final String BODY = "Mem-Info:";
  private static final String END = "Out of memory: Killed process 7 (x) total-vm:1kB";
  private static final String UNKNOWN = "A sentence that no rule knows";

  @ParameterizedTest
  @CsvSource({
    // lines, notes, bytes: body, head, end, unknown, forged
    "0,   0,   0,     KEEP,   KEEP,       KEEP,       KEEP,      KEEP",
    "9,   0,   999,   KEEP,   KEEP,       KEEP,       KEEP,      KEEP",
    "10,  0,   0,     KEEP,   KEEP,       KEEP,       KEEP,      ALONE",
    "0,   0,   1000,  KEEP,   KEEP,       KEEP,       KEEP,      ALONE",
    "50,  0,   0,     KEEP,   KEEP,       KEEP,       LEAVE_OUT, ALONE",
    "0,   0,   5000,  KEEP,   KEEP,       KEEP,       LEAVE_OUT, ALONE",
    "99,  0,   9999,  KEEP,   KEEP,       KEEP,       LEAVE_OUT, ALONE",
    "100, 0,   0,     REFUSE, KEEP,       KEEP,       LEAVE_OUT, ALONE",
    "60,  40,  0,     REFUSE, KEEP,       KEEP,       LEAVE_OUT, ALONE",
    "0,   0,   10000, REFUSE, KEEP,       KEEP,       LEAVE_OUT, ALONE",
    "199, 0,   19999, REFUSE, KEEP,       KEEP,       LEAVE_OUT, ALONE",
    "200, 0,   0,     REFUSE, REFUSE_KEY, REFUSE_KEY, LEAVE_OUT, ALONE",
    "0,   0,   20000, REFUSE, REFUSE_KEY, REFUSE_KEY, LEAVE_OUT, ALONE",
  })
  void eachKindOfLineHasItsRoom(
      int lines,
      int notes,
      long bytes,
      Admission.Decision body,
      Admission.Decision head,
      Admission.Decision end,
      Admission.Decision unknown,
      Admission.Decision forged) {
    BufferSize size = new BufferSize(lines, notes, bytes, 0);
    assertThat(ADMISSION.of(line(BODY, 0, null), size)).isEqualTo(body);
    assertThat(ADMISSION.of(line(HEAD, 0, null), size)).isEqualTo(head);
    assertThat(ADMISSION.of(line(END, null, null), size)).isEqualTo(end);
    assertThat(ADMISSION.of(line(UNKNOWN, 0, null), size)).isEqualTo(unknown);
    assertThat(ADMISSION.of(line(END, 1, null), size)).isEqualTo(forged);
    assertThat(ADMISSION.of(line(UNKNOWN, 0, 40), size)).as("a later piece").isEqualTo(body);
    assertThat(ADMISSION.hasRoomForNote(size)).isEqualTo(body == Admission.Decision.KEEP);
  }

  private static TimedLine line(
      String text, @Nullable Integer facility, @Nullable Integer fragmentOffset) {
    return TimedLine.of(
        new KernelLine(
            "h", null, null, 1L, 1L, facility, 4, null, fragmentOffset, text, "t", 0, 0, 0, 0));
  }
}
