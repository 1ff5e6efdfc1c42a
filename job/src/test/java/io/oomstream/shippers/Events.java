package io.oomstream.shippers;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.EventJson;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.local.PlainJob;
import io.oomstream.local.PlainOutput;
import io.oomstream.local.PlainSettings;
import java.util.ArrayList;
import java.util.List;

/** What the job makes of records. */
record Events(List<JsonNode> kills, List<JsonNode> signals, List<DeadLetter> letters) {

  static Events of(List<RawRecord> records) {
    Events events = new Events(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    PlainJob job = new PlainJob(settings(), events.output());
    records.forEach(job::read);
    job.end();
    return events;
  }

  private PlainOutput output() {
    return new PlainOutput() {
      @Override
      public void kill(OutgoingEvent event) {
        kills.add(EventJson.parse(event.data()));
      }

      @Override
      public void signal(OutgoingEvent event) {
        signals.add(EventJson.parse(event.data()));
      }

      @Override
      public boolean wants(MemoryBlock block) {
        return false;
      }

      @Override
      public void block(OutgoingEvent event) {}

      @Override
      public void deadLetter(DeadLetter letter) {
        letters.add(letter);
      }
    };
  }

  private static PlainSettings settings() {
    try {
      JobConfig config = JobConfig.defaults();
      return new PlainSettings(
          config.decodeSettings(),
          config.assembleSettings(),
          config.thresholds(),
          config.language(),
          config.incidentOptions(),
          config.get(OomOptions.FLEET_SHARES),
          config.trendOptions());
    } catch (BadOptionException e) {
      throw new AssertionError(e);
    }
  }
}
