package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.kernel.Section;
import java.util.List;

/** No cause, and why none can be given. */
final class Undetermined {

  private Undetermined() {}

  /**
   * The reason.
   *
   * @param lacking sections that rules would have needed
   */
  static CauseRule.Finding of(Case c, List<Section> lacking) {
    KernelBlock block = c.block();
    boolean headless =
        !block.info().sections().contains(Section.INVOCATION.name()) && block.memory() == null;
    String line = block.kills().isEmpty() ? null : KernelBlock.textOf(block.kills().get(0).line());
    if (headless) {
      return finding(
          "The cause can't be told, as only the kill line is there: the kernel's rate limit kept the"
              + " report back, or it was lost",
          Facts.text("report", "missing", line),
          "look at the full reports of this host around that time");
    }
    if (!lacking.isEmpty()) {
      String names = String.join(", ", lacking.stream().map(Section::name).toList());
      return finding(
          "The cause can't be told, as the report lacks " + names,
          Facts.text("missing sections", names, line),
          "look for lost lines between the host and Kafka");
    }
    if (block.memory() == null || c.usage().managed() == null || c.usage().anon() == null) {
      return finding(
          "The cause can't be told, as the report does not say how much memory there is and who"
              + " has it",
          Facts.text("managed memory", "unknown", line),
          "look for lost lines between the host and Kafka");
    }
    Double room = c.usage().share(c.zones().usableFreeBytes());
    boolean free = room != null && room >= c.thresholds().usableFreeShare();
    return finding(
        free
            ? "The cause can't be told: the report shows free memory that the request could have had"
            : "The cause can't be told: no single use of memory in the report stands out",
        Facts.text("uses of memory over their threshold", "none", line),
        "compare the report's counters with an earlier one of this host");
  }

  private static CauseRule.Finding finding(String sentence, Evidence evidence, String firstStep) {
    return new CauseRule.Finding(
        Cause.Kind.UNDETERMINED,
        CauseRule.Rank.EXHAUSTED,
        0,
        List.of(evidence),
        sentence,
        firstStep);
  }
}
