package io.oomstream.function;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.rule.Rule;
import io.oomstream.event.rule.RuleFormatException;
import io.oomstream.event.rule.RuleJson;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.RecordLetter;
import io.oomstream.rule.RuleBook;
import io.oomstream.rule.RuleChange;
import io.oomstream.rule.RuleVersions;
import io.oomstream.state.States;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Records of the rules topic to changes of rules. An invalid rule becomes a dead letter with the
 * reason, and the previous version stays in force. A change applies from its record's time plus the
 * grace period. All records have one key, because rules are few.
 */
@NullUnmarked
public final class RuleFunction extends KeyedProcessFunction<Integer, RawRecord, RuleChange> {

  private static final long serialVersionUID = 1L;

  /** Most rules at a time, including expired ones that were not removed. */
  static final int MAX_RULES = 1_000;

  private static final int MAX_BYTES = 65_536;

  private transient MapState<String, RuleVersions> versions;
  private transient Counter refused;
  private transient Counter accepted;

  @Override
  public void open(OpenContext context) {
    versions = getRuntimeContext().getMapState(States.newestRules());
    refused = getRuntimeContext().getMetricGroup().counter(Metrics.RULES_REFUSED);
    accepted = getRuntimeContext().getMetricGroup().counter(Metrics.RULE_CHANGES);
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<RuleChange> out)
      throws Exception {
    try {
      RuleChange change = changeOf(record);
      if (change == null) {
        return;
      }
      if (change.isRemoval()) {
        versions.remove(change.id());
      } else {
        versions.put(change.id(), RuleVersions.plus(versions.get(change.id()), change));
      }
      accepted.inc();
      out.collect(change);
    } catch (RefusedRuleException | RuleFormatException e) {
      refused.inc();
      context.output(Outputs.DEAD_LETTERS, deadLetter(record, String.valueOf(e.getMessage())));
    }
  }

  /** Null if the record changes nothing. */
  private RuleChange changeOf(RawRecord record) throws Exception {
    if (record.key() == null || record.key().length == 0) {
      throw new RefusedRuleException("the record has no key, which is the rule's id");
    }
    if (record.key().length > Rule.MAX_TEXT) {
      throw new RefusedRuleException("the id is longer than " + Rule.MAX_TEXT + " bytes");
    }
    String id = new String(record.key(), StandardCharsets.UTF_8);
    RuleVersions before = versions.get(id);
    RuleChange old = before == null ? null : before.newest();
    long earliest = EventTime.plus(record.timestamp(), RuleBook.GRACE_MS);
    if (record.value() == null) {
      return old == null ? null : new RuleChange(id, 0, earliest, record.timestamp(), null);
    }
    if (record.value().length > MAX_BYTES) {
      throw new RefusedRuleException("the rule is longer than " + MAX_BYTES + " bytes");
    }
    Rule rule = RuleJson.parse(record.value());
    if (old != null && Arrays.equals(old.json(), record.value())) {
      return null;
    }
    if (old != null && rule.version() <= old.version()) {
      throw new RefusedRuleException(
          "version " + rule.version() + " is not above the one in force, " + old.version());
    }
    if (old == null && count() >= MAX_RULES) {
      throw new RefusedRuleException(
          "there are " + MAX_RULES + " rules already: remove one by a record without value");
    }
    Instant from = rule.effectiveFrom();
    long begins = from == null ? earliest : Math.max(earliest, EventTime.millis(from));
    RuleChange change =
        new RuleChange(id, rule.version(), begins, record.timestamp(), record.value());
    if (RuleVersions.plus(before, change).ahead(earliest) > RuleVersions.MAX_AHEAD) {
      throw new RefusedRuleException(
          "there are "
              + RuleVersions.MAX_AHEAD
              + " versions ahead already: give one with an earlier effectiveFrom, which stands for"
              + " those after it, or wait");
    }
    return change;
  }

  private int count() throws Exception {
    int count = 0;
    for (String ignored : versions.keys()) {
      count++;
    }
    return count;
  }

  private static DeadLetter deadLetter(RawRecord record, String why) {
    return RecordLetter.of(record, DeadLetter.Reason.BAD_RULE, why, null, null);
  }

  /** Why a valid rule is refused. */
  private static final class RefusedRuleException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedRuleException(String message) {
      super(message);
    }
  }
}
