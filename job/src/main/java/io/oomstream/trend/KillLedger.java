package io.oomstream.trend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the kills in the log with the kernel's own count. Each kill in the log matches one
 * counted kill. Late kills are waited for; a kill in the log that was never counted is dropped.
 */
final class KillLedger {

  private final List<MachineHistory.KillCount> seen;

  KillLedger(List<MachineHistory.KillCount> seen) {
    this.seen = new ArrayList<>(seen);
  }

  /** Adds the kills of a block, once for each block, in any order. */
  void see(long eventTimeMs, String id, int kills) {
    if (seen.stream().anyMatch(kill -> kill.id().equals(id))) {
      return;
    }
    seen.add(new MachineHistory.KillCount(eventTimeMs, id, kills));
    sort();
    while (seen.size() > MachineHistory.MAX_KILLS) {
      MachineHistory.KillCount oldest = seen.remove(0);
      MachineHistory.KillCount next = seen.remove(0);
      seen.add(
          0,
          new MachineHistory.KillCount(
              next.eventTimeMs(), next.id(), oldest.kills() + next.kills()));
    }
  }

  /** Starts again, because there is no earlier count to compare with. */
  void forgetUntil(long eventTimeMs) {
    seen.removeIf(kill -> kill.eventTimeMs() <= eventTimeMs);
  }

  /**
   * Matches the kills that the kernel counted up to a snapshot.
   *
   * @return how many of them are not in the log
   */
  long settle(long counted, long eventTimeMs, long graceMs) {
    long open = counted;
    List<MachineHistory.KillCount> left = new ArrayList<>();
    for (MachineHistory.KillCount kill : seen) {
      boolean inTime = kill.eventTimeMs() <= eventTimeMs + graceMs;
      int taken = inTime ? (int) Math.min(open, kill.kills()) : 0;
      open -= taken;
      if (kill.kills() > taken && kill.eventTimeMs() > eventTimeMs - graceMs) {
        left.add(new MachineHistory.KillCount(kill.eventTimeMs(), kill.id(), kill.kills() - taken));
      }
    }
    seen.clear();
    seen.addAll(left);
    return open;
  }

  List<MachineHistory.KillCount> seen() {
    return List.copyOf(seen);
  }

  private void sort() {
    seen.sort(
        Comparator.comparingLong(MachineHistory.KillCount::eventTimeMs)
            .thenComparing(MachineHistory.KillCount::id));
  }

  static long increase(long before, @Nullable Long now) {
    return before == MachineHistory.ABSENT || now == null || now < before ? 0 : now - before;
  }
}
