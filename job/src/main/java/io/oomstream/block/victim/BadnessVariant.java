package io.oomstream.block.victim;

import org.jspecify.annotations.Nullable;

/**
 * The ways in which releases weighed a process. They differ in what root's processes were let off,
 * which only a printed score can tell.
 */
enum BadnessVariant {
  /** 4.17 and later; before, every process without CAP_SYS_ADMIN. */
  PLAIN("") {
    @Override
    long points(Input in) {
      return in.pages() + in.adj() * in.adjUnit();
    }
  },

  /** 3.14 to 4.16: root's pages less 3 %. */
  ROOT_PAGES_LESS(" (root: pages less 3 %)") {
    @Override
    long points(Input in) {
      long pages = in.root() ? in.pages() - in.pages() * 3 / 100 : in.pages();
      return pages + in.adj() * in.adjUnit();
    }
  },

  /** 3.5 to 3.13: root's adj less 30. */
  ROOT_ADJ_LESS(" (root: adj less 30)") {
    @Override
    long points(Input in) {
      return in.pages() + (in.root() ? in.adj() - 30 : in.adj()) * in.adjUnit();
    }
  },

  /** 2.6.36 to 3.4: in thousandths from the start, kept between 1 and 1000. */
  PERMILLE(" (in thousandths, root: less 30)") {
    @Override
    long points(Input in) {
      return ROOT_ADJ_LESS.points(in);
    }

    @Override
    @Nullable Long score(Input in) {
      Long total = in.totalPages();
      if (total == null) {
        return null;
      }
      long score = in.pages() * 1000 / total + in.adj() - (in.root() ? 30 : 0);
      return Math.max(1, Math.min(1000, score));
    }
  };

  private final String note;

  BadnessVariant(String note) {
    this.note = note;
  }

  /**
   * One row of the table.
   *
   * @param pageTables null for kernels that do not print them
   * @param totalPages null if not known; then adj is 0
   */
  record Input(
      long rss,
      long swap,
      @Nullable Long pageTables,
      long adj,
      boolean root,
      @Nullable Long totalPages) {

    long pages() {
      return rss + swap + (pageTables == null ? 0 : pageTables);
    }

    /** What one step of adj weighs; the kernel divides first. */
    long adjUnit() {
      return totalPages == null ? 0 : totalPages / 1000;
    }
  }

  abstract long points(Input in);

  /** In thousandths of the memory that counted; null if that is not known. */
  @Nullable Long score(Input in) {
    Long total = in.totalPages();
    return total == null ? null : Long.valueOf(points(in) * 1000 / total);
  }

  /** The first that gives the score that the kernel printed; the plain one if none does. */
  static BadnessVariant thatPrints(@Nullable Long printedScore, Input in) {
    if (printedScore != null) {
      for (BadnessVariant variant : values()) {
        if (printedScore.equals(variant.score(in))) {
          return variant;
        }
      }
    }
    return PLAIN;
  }

  /** The sum in words, in pages. */
  String words(Input in) {
    StringBuilder words = new StringBuilder();
    words.append("rss ").append(in.rss()).append(" + swap ").append(in.swap());
    if (in.pageTables() != null) {
      words.append(" + page tables ").append(in.pageTables());
    }
    if (in.adj() != 0) {
      words.append(" + adj ").append(in.adj()).append(" x ").append(in.adjUnit());
    }
    words.append(note).append(" = ").append(points(in)).append(" pages");
    if (in.totalPages() != null) {
      words.append(" of ").append(in.totalPages());
    }
    return words.toString();
  }
}
