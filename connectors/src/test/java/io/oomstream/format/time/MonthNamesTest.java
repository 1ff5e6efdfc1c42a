package io.oomstream.format.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.Decoded;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import java.nio.charset.StandardCharsets;
import java.text.DateFormatSymbols;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates of dmesg -T in other languages. */
class MonthNamesTest {

  @ParameterizedTest
  @CsvSource({
    "[dim. 19 avril 18:03:30 2026], 1776621810",
    "[ven. nov. 28 18:03:30 2025], 1764353010",
    "[So Nov 23 18:04:05 2025], 1763921045",
    "[Mi Mär  4 08:00:00 2026], 1772611200",
    "[mar dic  1 00:00:01 2026], 1796083201",
    "[日 11月 23 18:04:05 2025], 1763921045",
    "[일 11월 23 18:04:05 2025], 1763921045",
    "[nie lis 23 18:04:05 2025], ",
    "[dim. 31 avril 18:03:30 2026], ",
    "[dim. 19 avril 18:03:30 26], ",
    "[dim. 19 13月 18:03:30 2026], ",
    "[Nov23 18:04], "
  })
  void givesTheWallTimeWhereTheMonthIsKnown(String prefix, Long seconds) {
    KernelLine line =
        Decoded.of(Envelope.AUTO, (prefix + " Mem-Info:").getBytes(StandardCharsets.UTF_8)).line();
    assertThat(line.text()).isEqualTo("Mem-Info:");
    assertThat(line.wallTimeUs()).isEqualTo(seconds == null ? null : seconds * 1_000_000);
  }

  /** No name that Java knows for a month in these languages is another month for us. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "de", "en", "es", "fr", "it", "pt", "nl", "sv", "da", "no", "ro", "hu", "is", "id", "sl",
            "zh",
        "ja", "ko", "tr", "fi", "et", "lv", "lt", "sk", "ru", "uk", "eu", "ca", "cy", "ga", "sq",
            "mt",
        "pl", "hr", "cs"
      })
  void noNameIsAnotherMonth(String language) {
    String[] names =
        DateFormatSymbols.getInstance(Locale.forLanguageTag(language)).getShortMonths();
    for (int month = 0; month < 12; month++) {
      byte[] name = names[month].getBytes(StandardCharsets.UTF_8);
      int read = MonthNames.of(name, 0, name.length);
      assertThat(read).as(names[month]).isIn(-1, month + 1);
    }
  }
}
