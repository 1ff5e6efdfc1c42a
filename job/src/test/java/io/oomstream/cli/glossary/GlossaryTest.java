package io.oomstream.cli.glossary;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.diagnosis.context.Language;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlossaryTest {

  private final Glossary english = Glossary.in(Language.EN);
  private final Glossary chinese = Glossary.in(Language.ZH);

  @Test
  void everyWordHasAMeaningInBothLanguagesAndItsSource() {
    assertThat(chinese.terms().keySet()).isEqualTo(english.terms().keySet());
    assertThat(english.terms()).hasSizeGreaterThan(80);
    assertThat(english.terms().values())
        .allSatisfy(
            term -> {
              assertThat(term.meaning()).endsWith(".");
              assertThat(term.source()).matches("(mm|include/linux|kernel|drivers)/.+");
            });
    assertThat(chinese.terms().values())
        .allSatisfy(
            term ->
                assertThat(term.meaning().codePoints().anyMatch(Character::isIdeographic))
                    .as(term.name())
                    .isTrue());
  }

  private List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (Glossary.Use use : english.uses(line)) {
      assertThat(line.substring(use.start(), use.end())).isEqualTo(use.name());
      words.add(use.name());
    }
    return words;
  }

  @Test
  void findsTheWordsOfALine() {
    assertThat(words("Node 0 Normal free:238836kB min:84636kB"))
        .containsExactly("Normal", "free", "min");
    assertThat(words("lowmem_reserve[]: 0 0")).containsExactly("lowmem_reserve");
    assertThat(words("DMA: 3*4kB (UM) = 12kB")).containsExactly("DMA");
    assertThat(words("Killed process 1 (x) total-vm:1kB, anon-rss:2kB"))
        .containsExactly("total-vm", "anon-rss");
    assertThat(words("x invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL|__GFP_ZERO), order=0"))
        .containsExactly("gfp_mask", "GFP_KERNEL", "__GFP_ZERO", "order");
    assertThat(words("memory: usage 1kB, limit 2kB, failcnt 3"))
        .containsExactly("usage", "limit", "failcnt");
    assertThat(words("anon 50225152")).containsExactly("anon");
    assertThat(words("[  pid  ]   uid  tgid total_vm name"))
        .containsExactly("pid", "uid", "tgid", "total_vm", "name");
    assertThat(words("Node 0 active_anon:1kB all_unreclaimable? no"))
        .containsExactly("active_anon", "all_unreclaimable");
    assertThat(words("oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),global_oom,x=y"))
        .containsExactly("constraint", "CONSTRAINT_NONE", "nodemask", "global_oom");
    assertThat(words("")).isEmpty();
  }

  /** Processes and groups may be named like a figure. */
  @Test
  void aNameIsNoFigure() {
    assertThat(words("Hardware name: free")).isEmpty();
    assertThat(words("min invoked oom-killer: ")).isEmpty();
    assertThat(words("CPU: 1 PID: 5 Comm: free Not tainted")).isEmpty();
    assertThat(words("Killed process 5 (min) of Normal size")).isEmpty();
    assertThat(words("x,task_memcg=/slab/file,task=min")).containsExactly("task_memcg");
    assertThat(words("[  12]  0 12 1 min")).isEmpty();
  }
}
