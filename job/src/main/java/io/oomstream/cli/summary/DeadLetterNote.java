package io.oomstream.cli.summary;

import io.oomstream.event.DeadLetter;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Tells people which lines led to nothing: a line for each reason, with the first place. */
public final class DeadLetterNote {

  private DeadLetterNote() {}

  public static void print(List<DeadLetter> letters, PrintStream err) {
    Map<DeadLetter.Reason, Integer> counts = new EnumMap<>(DeadLetter.Reason.class);
    Map<DeadLetter.Reason, DeadLetter> first = new EnumMap<>(DeadLetter.Reason.class);
    for (DeadLetter letter : letters) {
      counts.merge(letter.reason(), 1, Integer::sum);
      first.merge(letter.reason(), letter, DeadLetterNote::earlier);
    }
    first.forEach(
        (reason, letter) ->
            err.printf(
                "oomstream: %s:%d: %s%s%n",
                letter.topic(),
                letter.offset(),
                text(letter),
                more(counts.getOrDefault(reason, 1))));
  }

  private static String text(DeadLetter letter) {
    return letter.reason() == DeadLetter.Reason.ORPHANED
        ? "belongs to no block in this log"
        : letter.detail();
  }

  private static DeadLetter earlier(DeadLetter a, DeadLetter b) {
    int byTopic = a.topic().compareTo(b.topic());
    return byTopic < 0 || (byTopic == 0 && a.offset() <= b.offset()) ? a : b;
  }

  private static String more(int count) {
    return count > 1 ? " (and " + (count - 1) + " more such lines)" : "";
  }
}
