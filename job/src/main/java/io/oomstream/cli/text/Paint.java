package io.oomstream.cli.text;

/** Colours of a terminal, by what they mark. Text is wrapped before it is painted. */
enum Paint {
  NONE {
    @Override
    String with(String code, String text) {
      return text;
    }
  },
  ANSI {
    @Override
    String with(String code, String text) {
      return text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
  };

  abstract String with(String code, String text);

  /** What happened. */
  String headline(String text) {
    return with("1;31", text);
  }

  /** The name of a part. */
  String label(String text) {
    return with("36", text);
  }

  /** What must stand out from its neighbours. */
  String strong(String text) {
    return with("1", text);
  }

  /** How a report was made, which few need. */
  String aside(String text) {
    return with("2", text);
  }

  /** A line that begins with the severity of a signal. */
  String severity(String severity, String line) {
    String code =
        switch (severity) {
          case "CRITICAL" -> "1;31";
          case "WARNING" -> "33";
          default -> "";
        };
    int at = line.indexOf(severity);
    return code.isEmpty() || at < 0
        ? line
        : line.substring(0, at) + with(code, severity) + line.substring(at + severity.length());
  }
}
