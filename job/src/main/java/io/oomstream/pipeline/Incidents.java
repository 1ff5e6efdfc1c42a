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

/** What is grouped over time: by host, and in two stages over the fleet. */
final class Incidents {

  private Incidents() {}

  static DataStream<Outbound> of(
      DataStream<Occurrence> marks, BroadcastStream<RuleChange> rules, JobConfig config) {
    IncidentOptions options = config.incidentOptions();
    long stallMs = config.get(OomOptions.STALL_TIME).toMillis();
    int shares = config.get(OomOptions.FLEET_SHARES);

    DataStream<Outbound> ofHosts =
        marks
            .keyBy(Occurrence::hostKey, TypeInformation.of(String.class))
            .connect(rules)
            .process(new IncidentFunction(options, stallMs, config.thresholds(), config.language()))
            .returns(Types.OUTBOUND)
            .name("incidents")
            .uid(Uids.INCIDENTS);

    DataStream<Outbound> ofFleet =
        marks
            .filter(mark -> mark.fleetKey() != null)
            .name("marks of the fleet")
            .uid(Uids.FLEET_MARKS)
            .keyBy(mark -> FleetShare.keyOf(mark, shares), TypeInformation.of(String.class))
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
