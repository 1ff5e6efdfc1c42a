package io.oomstream.diagnosis.blame;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.Severity;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.KnownBy;
import io.oomstream.event.section.Reaper;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Victim;

/**
 * How urgent a kill is: by how important the victim is, by how far the shortage reached, and by
 * whether the kill helped. {@code docs/reference/severity.md} has the rules; the first that fits
 * counts.
 */
public final class KillSeverity {

  private KillSeverity() {}

  public static Severity of(KernelBlock.Kill kill, Blame.Role role, Thresholds thresholds) {
    Reaper reaper = kill.reaper();
    boolean freed = reaper == null || reaper.reaped();
    boolean announced = kill.knownBy() == KnownBy.ANNOUNCEMENT; // a child of it may have died
    if (!freed || (!announced && isCritical(kill.victim(), kill.scope(), thresholds))) {
      return Severity.CRITICAL;
    }
    if (kill.reason() == KillReason.SYSRQ) {
      return Severity.INFO;
    }
    boolean bystander = role == Blame.Role.BYSTANDER && !follows(kill.reason());
    if (isOwnLimit(kill.scope())) {
      return bystander ? Severity.WARNING : Severity.INFO;
    }
    boolean everywhere = kill.scope().kind() == Scope.Kind.GLOBAL;
    return everywhere && bystander ? Severity.CRITICAL : Severity.WARNING;
  }

  /** It dies with the chosen one, whatever it used itself. */
  private static boolean follows(KillReason reason) {
    return reason == KillReason.OOM_GROUP || reason == KillReason.SHARES_MEMORY;
  }

  /** A listed process, or one that was protected with a negative oom_score_adj. */
  public static boolean isCritical(Victim victim, Scope scope, Thresholds thresholds) {
    return isListed(victim, thresholds) || isProtected(victim, scope);
  }

  /** Whether its name is in the list of critical processes. */
  public static boolean isListed(Victim victim, Thresholds thresholds) {
    return victim.comm() != null && thresholds.victim().criticalProcesses().contains(victim.comm());
  }

  /**
   * Protected from the others' shortage. Inside the limit of a container or pod nobody else can
   * die, and the kubelet gives the same value to all processes of a guaranteed one: there it
   * protects from nothing.
   */
  public static boolean isProtected(Victim victim, Scope scope) {
    Integer adj = victim.oomScoreAdj();
    return adj != null && adj < 0 && !isOwnLimit(scope);
  }

  /** Whether the limit is that of the victim's own group, container or pod. */
  public static boolean isOwnLimit(Scope scope) {
    return scope.kind() == Scope.Kind.MEMCG
        && (Boolean.TRUE.equals(scope.limitIsOwn())
            || scope.limitLevel() == Scope.Level.CONTAINER
            || scope.limitLevel() == Scope.Level.POD);
  }
}
