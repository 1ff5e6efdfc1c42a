package io.oomstream.block.victim;

import io.oomstream.event.section.Badness.NotHighest;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Tasks;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a block says of how its victim was chosen.
 *
 * @param reason what the kernel said on the kill line
 * @param pid the victim's
 * @param chosen whom the line with the score names, up to 5.0; null without one
 * @param dying processes that were on their way out before this kill
 */
public record VictimChoice(KillReason reason, long pid, @Nullable Long chosen, Set<Long> dying) {

  /**
   * The table is printed before or after the choice while its processes run on: differences of less
   * mean nothing.
   */
  private static final long NEAR_PERCENT = 2;

  /**
   * Why others had more points.
   *
   * @param points the victim's
   * @param above the others, with theirs
   * @return null if there are none
   */
  @Nullable NotHighest notHighest(long points, List<Weighed> above) {
    if (above.isEmpty()) {
      return null;
    }
    switch (reason) {
      case ALLOCATING_TASK -> {
        return NotHighest.ALLOCATING_TASK;
      }
      case OOM_GROUP -> {
        return NotHighest.OOM_GROUP;
      }
      case SHARES_MEMORY -> {
        return NotHighest.SHARES_MEMORY;
      }
      default -> {}
    }
    if (chosen != null && chosen != pid) {
      return NotHighest.CHILD_OF_CHOSEN;
    }
    if (above.stream().allMatch(other -> isDying(other.row()))) {
      return NotHighest.HIGHER_ALREADY_DYING;
    }
    long near = points + Math.abs(points) / 100 * NEAR_PERCENT;
    return above.stream().allMatch(other -> other.points() <= near)
        ? NotHighest.NEAR_TIE
        : NotHighest.UNKNOWN;
  }

  private boolean isDying(Tasks.Row row) {
    return dying.contains(row.pid()) || dying.contains(row.tgid());
  }

  /** A row and its badness in pages. */
  record Weighed(Tasks.Row row, long points) {}
}
