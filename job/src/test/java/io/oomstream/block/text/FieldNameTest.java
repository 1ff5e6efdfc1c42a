package io.oomstream.block.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldNameTest {

  @ParameterizedTest
  @CsvSource({
    "isolated(anon), isolated_anon",
    "Active_anon, Active_anon",
    "writeback_tmp, writeback_tmp",
    "__x, _x",
    "2nd, _2nd",
    "a.b-c, a_b_c",
    "-, _",
    "'', _"
  })
  void keepsLettersAndDigits(String name, String key) {
    assertThat(FieldName.of(name)).isEqualTo(key);
  }

  @Property
  void isAlwaysAKey(@ForAll String name) {
    assertThat(FieldName.of(name)).matches("[A-Za-z_][A-Za-z0-9_]*");
    assertThat(FieldName.of(FieldName.of(name))).isEqualTo(FieldName.of(name));
  }
}
