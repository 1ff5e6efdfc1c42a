package io.oomstream.pipeline;

import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.function.FleetFunction;
import io.oomstream.function.FleetShareFunction;
import io.oomstream.function.IncidentFunction;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.Types;
import io.oomstream.state.Uids;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The episodes: by host, and in two stages over the fleet. */
final class Incidents {

  private Incidents() {}

  static DataStream<Outbound> of(
      DataStream<Occurrence> occurrences, BroadcastStream<RuleChange> rules, JobConfig config) {
    IncidentOptions options = config.incidentOptions();
    long stallMs = config.get(OomOptions.STALL_TIME).toMillis();
    long namesMs = config.namesWaitMs();
    int shares = config.get(OomOptions.FLEET_SHARES);

    DataStream<Outbound> ofHosts =
        occurrences
            .keyBy(Occurrence::hostKey, TypeInformation.of(String.class))
            .connect(rules)
            .process(
                new IncidentFunction(
                    options, stallMs, namesMs, config.thresholds(), config.language()))
            .returns(Types.OUTBOUND)
            .name("incidents")
            .uid(Uids.INCIDENTS);

    DataStream<Outbound> ofFleet =
        occurrences
            .filter(occurrence -> occurrence.fleetKey() != null)
            .name("occurrences of the fleet")
            .uid(Uids.FLEET_OCCURRENCES)
            .keyBy(
                occurrence -> FleetShare.keyOf(occurrence, shares),
                TypeInformation.of(String.class))
            .process(new FleetShareFunction(options.settlingMs(), stallMs))
            .returns(Types.FLEET_PARTIAL)
            .name("fleet shares")
            .uid(Uids.FLEET_SHARES)
            .keyBy(FleetPartial::workload, TypeInformation.of(String.class))
            .connect(rules)
            .process(new FleetFunction(options, stallMs))
            .returns(Types.OUTBOUND)
            .name("fleet")
            .uid(Uids.FLEET);
    return ofHosts.union(ofFleet);
  }
}
