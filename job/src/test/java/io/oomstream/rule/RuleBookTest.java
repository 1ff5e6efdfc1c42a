package io.oomstream.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.RuleRef;
import io.oomstream.event.SignalKind;
import io.oomstream.event.rule.Rule;
import io.oomstream.event.rule.RuleFormatException;
import io.oomstream.event.rule.RuleJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {

  private static final IncidentOptions OPTIONS = IncidentOptions.defaults();

  private static RuleChange change(String id, long version, long from, String body) {
    String json = "{\"schemaVersion\":\"1.0\",\"version\":" + version + "," + body + "}";
    return new RuleChange(id, version, from, json.getBytes(StandardCharsets.UTF_8));
  }

  private static RuleBook book(RuleChange... changes) {
    Map<String, RuleVersions> stored = new java.util.HashMap<>();
    for (RuleChange change : changes) {
      stored.put(change.id(), RuleVersions.plus(stored.get(change.id()), change));
    }
    return RuleBook.of(stored);
  }

  @Test
  void anEventIsJudgedByTheVersionOfItsTime() {
    RuleBook book =
        book(
            change("a", 1, 1_000, "\"set\":{\"stormKills\":7}"),
            change("a", 2, 2_000, "\"set\":{\"stormKills\":9}"),
            new RuleChange("a", 0, 3_000, null));
    assertThat(storm(book, 999)).isEqualTo(new DetectorLimits(300_000, 5, 60_000, List.of()));
    assertThat(storm(book, 1_000).threshold()).isEqualTo(7);
    assertThat(storm(book, 2_500))
        .isEqualTo(new DetectorLimits(300_000, 9, 60_000, List.of(new RuleRef("a", 2))));
    assertThat(storm(book, 3_000).threshold()).isEqualTo(5);
  }

  @Test
  void theVersionInForceOutlivesAllThatAreScheduled() {
    RuleChange[] changes = new RuleChange[10];
    for (int i = 0; i < changes.length; i++) {
      byte[] json =
          ("{\"schemaVersion\":\"1.0\",\"version\":%d,\"set\":{\"stormKills\":%d}}"
                  .formatted(i + 1, i + 10))
              .getBytes(StandardCharsets.UTF_8);
      changes[i] = new RuleChange("a", i + 1, 1_000L * (i + 1), 1_000 + i, json);
    }
    assertThat(storm(book(changes), 1_500).threshold()).isEqualTo(10);
    assertThat(storm(book(changes), 10_500).threshold()).isEqualTo(19);
  }

  @Test
  void mutesFitByPatternUntilTheyExpire() {
    RuleBook book =
        book(
            change(
                "m",
                4,
                0,
                "\"mute\":true,\"expiresAt\":\"1970-01-01T00:01:00Z\",\"match\":"
                    + "{\"hosts\":[\"web-*\"],\"kinds\":[\"OOM_STORM\"]}"));
    assertThat(book.mutedBy(SignalKind.OOM_STORM, "web-1", null, 5)).isEqualTo(new RuleRef("m", 4));
    assertThat(book.mutedBy(SignalKind.OOM_STORM, "db-1", null, 5)).isNull();
    assertThat(book.mutedBy(SignalKind.LOG_LOSS, "web-1", null, 5)).isNull();
    assertThat(book.mutedBy(SignalKind.OOM_STORM, null, null, 5)).isNull();
    assertThat(book.mutedBy(SignalKind.OOM_STORM, "web-1", null, 60_000)).isNull();
  }

  @Test
  void criticalProcessesAreThoseOfTheRuleForItsHosts() {
    RuleBook book =
        book(
            change(
                "c",
                1,
                0,
                "\"match\":{\"hosts\":[\"db?\"]},\"set\":{\"criticalProcesses\":[\"postgres\"]}"));
    Thresholds base = Thresholds.defaults();
    assertThat(book.thresholds(base, "db1", 1).thresholds().victim().criticalProcesses())
        .containsExactly("postgres");
    assertThat(book.thresholds(base, "web", 1).thresholds()).isEqualTo(base);
  }

  @ParameterizedTest
  @CsvSource({
    "web-*,web-1,true",
    "*,anything,true",
    "a?c,abc,true",
    "a?c,ac,false",
    "abc,abc,true",
    "abc,abcd,false",
    "*a*b*,xxaxxbxx,true",
    "*a*b,xxaxxbxx,false",
    "**,x,true"
  })
  void globs(String pattern, String text, boolean fits) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(fits);
  }

  /** What is given and what the dead letter says; the JSON's quotes are single ones here. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | the rule is not one JSON object
          [] | the rule is not one JSON object
          7 | the rule is not one JSON object
          null | null at
          {'schemaVersion':'1.0','version':1,'mute':true} {} | the rule is not one JSON object
          { | not JSON: Unexpected end-of-input
          {'schemaVersion':'1.0','version':1,'mute':true,'mute':true} | not JSON: Duplicate field 'mute'
          {'schemaVersion':'2.0','version':1,'mute':true} | schemaVersion must be '1.0'
          {'version':1,'mute':true} | schemaVersion must be '1.0'
          {'schemaVersion':1.0,'version':1,'mute':true} | schemaVersion: texts of 1 to 1000 characters
          {'schemaVersion':'1.0','mute':true} | version must be a whole number from 1
          {'schemaVersion':'1.0','version':0,'mute':true} | version must be a whole number from 1
          {'schemaVersion':'1.0','version':'1','mute':true} | version must be a whole number from 1
          {'schemaVersion':'1.0','version':1.5,'mute':true} | version must be a whole number from 1
          {'schemaVersion':'1.0','version':99999999999999999999,'mute':true} | version must be a whole number from 1
          {'schemaVersion':'1.0','version':1} | it does nothing
          {'schemaVersion':'1.0','version':1,'mute':false} | it does nothing
          {'schemaVersion':'1.0','version':1,'mute':'true'} | mute must be true or false
          {'schemaVersion':'1.0','version':1,'mute':null} | null at /mute
          {'schemaVersion':'1.0','version':1,'mutes':true} | unknown field 'mutes' in the rule
          {'schemaVersion':'1.0','version':1,'mute':true,'x':1} | unknown field 'x' in the rule
          {'schemaVersion':'1.0','version':1,'mute':true,'comment':5} | comment: texts of 1 to 1000 characters
          {'schemaVersion':'1.0','version':1,'mute':true,'comment':''} | comment: texts of 1 to 1000 characters
          {'schemaVersion':'1.0','version':1,'set':{}} | set is empty
          {'schemaVersion':'1.0','version':1,'set':[]} | set is not one JSON object
          {'schemaVersion':'1.0','version':1,'set':''} | set is not one JSON object
          {'schemaVersion':'1.0','version':1,'set':{'x':1}} | unknown field 'x' in set
          {'schemaVersion':'1.0','version':1,'set':{'stormKills':0}} | stormKills must be a whole number from 1 to 250
          {'schemaVersion':'1.0','version':1,'set':{'stormKills':251}} | stormKills must be a whole number from 1 to 250
          {'schemaVersion':'1.0','version':1,'set':{'stormKills':3000000000}} | stormKills must be a whole number from 1
          {'schemaVersion':'1.0','version':1,'set':{'stormKills':2.0}} | stormKills must be a whole number from 1
          {'schemaVersion':'1.0','version':1,'set':{'fleetWindowSeconds':3601}} | fleetWindowSeconds must be a whole number from 1 to 3600
          {'schemaVersion':'1.0','version':1,'set':{'freeShare':1.5}} | freeShare must be a share from 0 to 1
          {'schemaVersion':'1.0','version':1,'set':{'freeShare':'0.5'}} | freeShare must be a share from 0 to 1
          {'schemaVersion':'1.0','version':1,'set':{'criticalProcesses':'sshd'}} | criticalProcesses must be a list of 1 to 1000 texts
          {'schemaVersion':'1.0','version':1,'mute':true,'match':{'kinds':['X']}} | match.kinds must be names of signals, not 'X'
          {'schemaVersion':'1.0','version':1,'mute':true,'match':{'kinds':[1]}} | match.kinds must be names of signals
          {'schemaVersion':'1.0','version':1,'mute':true,'match':{'hosts':[]}} | hosts must be a list of 1 to 1000 texts
          {'schemaVersion':'1.0','version':1,'mute':true,'match':{'hosts':[5]}} | hosts: texts of 1 to 1000 characters
          {'schemaVersion':'1.0','version':1,'mute':true,'match':{'hosts':['']}} | hosts: texts of 1 to 1000 characters
          {'schemaVersion':'1.0','version':1,'mute':true,'match':{'hosts':[null]}} | null at /match/hosts/0
          {'schemaVersion':'1.0','version':1,'mute':true,'expiresAt':'tomorrow'} | expiresAt must be a time as in 2026-01-31T12:00:00Z, not 'tomorrow'
          {'schemaVersion':'1.0','version':1,'mute':true,'expiresAt':7} | expiresAt must be a time as in 2026-01-31T12:00:00Z
          {'schemaVersion':'1.0','version':1,'mute':true,'effectiveFrom':'2026-01-01T00:00:00Z','expiresAt':'2026-01-01T00:00:00Z'} | expiresAt must be after effectiveFrom
          {'schemaVersion':'1.0','version':1,'set':{'highOrder':2},'match':{'workloads':['a']}} | go by hosts alone
          """)
  void refusesAnInvalidRuleAndSaysWhy(String json, String reason) {
    assertThatThrownBy(
            () -> RuleJson.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RuleFormatException.class)
        .message()
        .doesNotContain("\n")
        .satisfies(m -> assertThat(m.replace('"', '\'')).contains(reason));
  }

  @Test
  void readsAllFields() throws RuleFormatException {
    Rule rule =
        RuleJson.parse(
            ("{\"schemaVersion\":\"1.0\",\"version\":3,\"effectiveFrom\":\"2026-01-01T00:00:00Z\","
                    + "\"match\":{\"workloads\":[\"pod-*\"]},\"comment\":\"why\","
                    + "\"set\":{\"crashLoopKills\":5,\"updateSeconds\":30}}")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(rule.version()).isEqualTo(3);
    assertThat(rule.set()).isNotNull();
  }

  private static DetectorLimits storm(RuleBook book, long time) {
    return book.limits(OPTIONS, SignalKind.OOM_STORM, "h", "w", time);
  }
}
