package io.oomstream.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.cli.shell.Terminal.Colour;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void whatTheLauncherSays() {
    assertThat(Terminal.of("out=120 err", Map.of())).isEqualTo(new Terminal(120, false, true));
    assertThat(Terminal.of(" err", Map.of())).isEqualTo(new Terminal(null, false, true));
    assertThat(Terminal.of("", Map.of())).isEqualTo(new Terminal(null, false, false));
    assertThat(Terminal.of("out=", Map.of()).columns(80)).isEqualTo(100);
    assertThat(Terminal.of("", Map.of()).columns(80)).isEqualTo(80);
  }

  @Test
  void coloursAreForTerminalsOfThoseWhoWantThem() {
    assertThat(Terminal.of("out=80", Map.of()).shows(Colour.auto)).isTrue();
    assertThat(Terminal.of("", Map.of()).shows(Colour.auto)).isFalse();
    assertThat(Terminal.of("out=80", Map.of("NO_COLOR", "1")).shows(Colour.auto)).isFalse();
    assertThat(Terminal.of("out=80", Map.of("NO_COLOR", "")).shows(Colour.auto)).isTrue();
    assertThat(Terminal.of("out=80", Map.of("TERM", "dumb")).shows(Colour.auto)).isFalse();
    assertThat(Terminal.of("", Map.of("NO_COLOR", "1")).shows(Colour.always)).isTrue();
    assertThat(Terminal.of("out=80", Map.of()).shows(Colour.never)).isFalse();
  }

  @Test
  void aNameThatIsNearlyRight() {
    List<String> commands = List.of("analyze", "serve", "demo", "run", "compare");
    assertThat(Similar.to("analyse", commands)).isEqualTo("analyze");
    assertThat(Similar.to("anlayze", commands)).isEqualTo("analyze");
    assertThat(Similar.to("compar", commands)).isEqualTo("compare");
    assertThat(Similar.to("rnu", commands)).isEqualTo("run");
    assertThat(Similar.to("frobnicate", commands)).isNull();
    assertThat(Similar.to("--sumary", List.of("--full", "--summary"))).isEqualTo("--summary");
  }
}
