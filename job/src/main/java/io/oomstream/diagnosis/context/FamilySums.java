package io.oomstream.diagnosis.context;

import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What processes of one name or family hold together. */
public final class FamilySums {

  private FamilySums() {}

  /**
   * Processes of one name or family; what they share counts once, where the table tells it apart.
   */
  public static Blame.@Nullable Party biggest(DiagnosisContext c) {
    Tasks tasks = c.block().tasks();
    if (tasks == null) {
      return null;
    }
    Map<String, List<Tasks.Row>> byName = new LinkedHashMap<>();
    for (Tasks.Row row : tasks.rows()) {
      if (row.comm() != null) {
        byName.computeIfAbsent(c.families().of(row.comm()), n -> new ArrayList<>()).add(row);
      }
    }
    Blame.Party best = null;
    long most = -1;
    for (Map.Entry<String, List<Tasks.Row>> entry : byName.entrySet()) {
      Blame.Party party = sum(entry.getKey(), entry.getValue(), c.usage().processPages());
      long held = or0(party.residentBytes()) + or0(party.pageTableBytes());
      if (held > most) {
        best = party;
        most = held;
      }
    }
    return best;
  }

  /** The rows as one party; {@code all} is what all processes hold at most, in bytes. */
  public static Blame.Party sum(String name, List<Tasks.Row> rows, @Nullable Long all) {
    Long own = null;
    long shared = 0;
    Long tables = null;
    Long swap = null;
    for (Tasks.Row row : rows) {
      Long rss = row.rssBytes();
      long shmem = or0(row.shmemRssBytes());
      own = Usage.plus(own, rss == null ? null : Long.valueOf(Math.max(0, rss - shmem)));
      shared = Math.max(shared, shmem);
      tables = Usage.plus(tables, row.pageTableBytes());
      swap = Usage.plus(swap, row.swapBytes());
    }
    Long resident = own == null ? null : Long.valueOf(own + shared);
    if (resident != null && all != null) {
      resident = Math.min(resident, all);
    }
    return new Blame.Party(name, null, rows.size(), resident, tables, swap);
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
