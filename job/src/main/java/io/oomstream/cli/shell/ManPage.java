package io.oomstream.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of the command line, made from the same model as its help. */
public final class ManPage {

  private final StringBuilder out = new StringBuilder();

  private ManPage() {}

  /**
   * The page in man(7)'s language.
   *
   * @param line with all options shown
   * @param exitCodes each with what it means
   */
  public static String of(CommandLine line, Map<String, String> exitCodes) {
    ManPage page = new ManPage();
    CommandSpec spec = line.getCommandSpec();
    String name = spec.name();
    page.line(".TH " + name.toUpperCase(java.util.Locale.ROOT) + " 1 \"\" \"\" \"" + name + "\"");
    page.head("NAME");
    page.text(name + " - " + first(spec));
    page.head("SYNOPSIS");
    page.line(".B " + name);
    page.text("COMMAND [OPTION]... [FILE]...");
    page.head("COMMANDS");
    for (CommandLine command : commands(line)) {
      page.command(command.getCommandSpec());
    }
    page.head("EXIT STATUS");
    exitCodes.forEach((code, meaning) -> page.item("\\fB" + code + "\\fR", meaning));
    return page.out.toString();
  }

  private static List<CommandLine> commands(CommandLine line) {
    return List.copyOf(new java.util.LinkedHashSet<>(line.getSubcommands().values()));
  }

  private static String first(CommandSpec spec) {
    List<String> texts = new ArrayList<>(List.of(spec.usageMessage().header()));
    texts.addAll(List.of(spec.usageMessage().description()));
    return String.join(" ", texts);
  }

  private void command(CommandSpec spec) {
    line(".SS " + spec.name());
    text(first(spec));
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      item("\\fI" + escaped(parameter.paramLabel()) + "\\fR", text(parameter.description()));
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        item(names(option), text(option.description()));
      }
    }
  }

  private static String names(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add("\\fB" + escaped(name) + "\\fR");
    }
    String value = option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR";
    return String.join(", ", names) + value;
  }

  private static String text(String[] description) {
    return String.join(" ", description).replace("%%", "%");
  }

  private void head(String name) {
    line(".SH " + name);
  }

  private void item(String tag, String text) {
    line(".TP");
    line(tag);
    text(text);
  }

  private void text(String text) {
    String escaped = escaped(text.replace('\n', ' '));
    // A line that begins with a dot or a quote would be a request.
    line(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
