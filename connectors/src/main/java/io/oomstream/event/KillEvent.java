package io.oomstream.event;

import io.oomstream.event.section.Blame;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.KnownBy;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Provenance;
import io.oomstream.event.section.Reaper;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Slab;
import io.oomstream.event.section.Swap;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.Victim;
import io.oomstream.event.section.Workload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process that the kernel's OOM killer killed: who, by whose limit, and why. Data of
 * CloudEvents type {@code io.oomstream.kill.v1}.
 *
 * @param eventId the id of the event, the same as the CloudEvents attribute
 * @param severity by victim, scope and role
 * @param time wall clock of the kill line; absent if the log has none
 * @param kernelTimeUs microseconds since boot of the kill line; absent likewise
 * @param knownBy the line that names the victim, where its kill line is not in the log; absent
 *     where it is
 * @param callTrace function names, outermost last; unreliable frames carry a leading {@code "? "}
 * @param trimmed what was left out because the event was too large for its topic; absent if it is
 *     whole ({@link EventTrim})
 */
public record KillEvent(
    String schemaVersion,
    String eventId,
    Severity severity,
    Host host,
    @Nullable Instant time,
    @Nullable Long kernelTimeUs,
    Victim victim,
    KillReason killReason,
    @Nullable Reaper reaper,
    @Nullable Trigger trigger,
    Scope scope,
    @Nullable Workload workload,
    @Nullable Memory memory,
    @Nullable Memcg memcg,
    @Nullable Tasks tasks,
    @Nullable Slab slab,
    List<String> callTrace,
    Cause cause,
    BlockInfo block,
    Provenance provenance,
    @Nullable Blame blame,
    @Nullable Swap swap,
    @Nullable List<String> trimmed,
    @Nullable KnownBy knownBy) {

  public static final String SCHEMA_VERSION = "1.0";
}
