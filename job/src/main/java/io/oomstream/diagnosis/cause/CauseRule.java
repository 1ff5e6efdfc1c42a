package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One cause: what it needs of the block, when it holds, and its evidence. */
public interface CauseRule {

  Cause.Kind kind();

  /** Sections without which nothing can be said; the rule is not asked then. */
  Set<Section> needs();

  /** Whether the rule could hold of this block at all, had it the sections that it needs. */
  default boolean matters(DiagnosisContext c) {
    return true;
  }

  /** The cause with its evidence; null where the block does not bear it out. */
  @Nullable Finding find(DiagnosisContext c);

  /** The rule in words, for {@code docs/reference/causes.md}. */
  About about();

  /**
   * How specific an answer is: the first of these that holds is the primary cause, and among those
   * of the same rank the one with most bytes.
   */
  enum Rank {
    /** Somebody asked for the kill. */
    MANUAL,
    /** A control group's limit, the kernel's own word. */
    LIMIT,
    /** A cpuset or memory policy, likewise. */
    PLACEMENT,
    /** Memory was there, but not for this request. */
    STRUCTURE,
    /** One use took more than its share, and more than any single process's own memory. */
    SHARE,
    /** Processes used up memory, nothing else stands out. */
    EXHAUSTED,
    /** True, but not what the kill came from. */
    CONTRIBUTING
  }

  /**
   * A cause that holds.
   *
   * @param weight bytes that it explains
   * @param why what happened, in sentences, the cause itself first
   * @param advice what to do about it, first things first
   */
  record Finding(
      Cause.Kind kind,
      Rank rank,
      long weight,
      List<Evidence> evidence,
      List<String> why,
      List<String> advice) {}

  /**
   * A rule in words.
   *
   * @param name unique in the table
   * @param condition when it holds, with the options that it is held against
   * @param facts keys of the evidence that it cites
   * @param ranking its rank, and on what it depends
   * @param source where the kernel prints or decides what it rests on
   */
  record About(String name, String condition, List<String> facts, String ranking, String source) {}
}
