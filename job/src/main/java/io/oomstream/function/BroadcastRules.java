package io.oomstream.function;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.rule.RuleBook;
import io.oomstream.rule.RuleChange;
import io.oomstream.rule.RuleVersions;
import io.oomstream.state.States;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.streaming.api.functions.co.BaseBroadcastProcessFunction;
import org.jspecify.annotations.NullUnmarked;

/** One task's copy of the live rules; parsed again only after a change. */
@NullUnmarked
final class BroadcastRules implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How long the removal of a rule is kept, for late events from before it. */
  private static final long REMOVED_MS = Duration.ofDays(2).toMillis();

  private transient RuleBook book;

  RuleBook read(BaseBroadcastProcessFunction.ReadOnlyContext context) throws Exception {
    if (book == null) {
      Map<String, RuleVersions> stored = new HashMap<>();
      context
          .getBroadcastState(States.rules())
          .immutableEntries()
          .forEach(entry -> stored.put(entry.getKey(), entry.getValue()));
      book = stored.isEmpty() ? RuleBook.EMPTY : RuleBook.of(stored);
    }
    return book;
  }

  void take(RuleChange change, BaseBroadcastProcessFunction.Context context) throws Exception {
    BroadcastState<String, RuleVersions> state = context.getBroadcastState(States.rules());
    state.put(change.id(), RuleVersions.plus(state.get(change.id()), change));
    List<String> over = new ArrayList<>();
    for (Map.Entry<String, RuleVersions> entry : state.immutableEntries()) {
      RuleChange newest = entry.getValue().newest();
      if (newest.isRemoval() && newest.saidMs() < EventTime.minus(change.saidMs(), REMOVED_MS)) {
        over.add(entry.getKey());
      }
    }
    for (String id : over) {
      state.remove(id);
    }
    book = null;
  }
}
