package io.oomstream.cli.glossary;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.diagnosis.context.Language;
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

  @Test
  void findsTheWordsOfALine() {
    assertThat(english.wordsOf("Normal free:238836kB min:84636kB lowmem_reserve[]: 0 0"))
        .containsExactly("Normal", "free", "min", "lowmem_reserve");
    assertThat(english.wordsOf("Killed process 1 (x) total-vm:1kB, anon-rss:2kB"))
        .containsExactly("total-vm", "anon-rss");
    assertThat(english.wordsOf("")).isEmpty();
    assertThat(english.term("minimum")).isNull();
  }
}
