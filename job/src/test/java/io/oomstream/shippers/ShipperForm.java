package io.oomstream.shippers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A daemon with a source and a template, as a host has them. */
enum ShipperForm {
  RSYSLOG_STOCK(Source.PROC_KMSG, "KERNEL") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      host.write("/etc/rsyslog.conf", ShipperHost.shipped("/etc/rsyslog.conf"));
      host.write(
          "/etc/rsyslog.d/60-oomstream.conf",
          projects("rsyslog/60-oomstream.conf", brokers, topic));
      host.start("/usr/sbin/rsyslogd", "-n", "-i", "/run/rsyslogd.pid");
    }
  },
  RSYSLOG_IMKMSG(Source.DEV_KMSG, "KERNEL") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      rsyslog(host, IMKMSG, "RSYSLOG_SyslogProtocol23Format", brokers, topic);
    }
  },
  RSYSLOG_IMKMSG_FILE_FORMAT(Source.DEV_KMSG, "UNVERIFIED") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      rsyslog(host, IMKMSG, "RSYSLOG_FileFormat", brokers, topic);
    }
  },
  RSYSLOG_IMKMSG_JSON(Source.DEV_KMSG, "KERNEL") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      rsyslog(host, IMKMSG, "json", brokers, topic);
    }
  },
  RSYSLOG_IMJOURNAL(Source.JOURNAL, "KERNEL") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      rsyslog(host, IMJOURNAL, "RSYSLOG_SyslogProtocol23Format", brokers, topic);
    }
  },
  RSYSLOG_IMJOURNAL_FILE_FORMAT(Source.JOURNAL, "UNVERIFIED") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      rsyslog(host, IMJOURNAL, "RSYSLOG_FileFormat", brokers, topic);
    }
  },
  RSYSLOG_IMJOURNAL_JSON(Source.JOURNAL, "KERNEL") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      rsyslog(host, IMJOURNAL, "json", brokers, topic);
    }
  },
  SYSLOG_NG_PROJECT(Source.DEV_KMSG, "KERNEL") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      syslogNg(host, projects("syslog-ng/oomstream.conf", brokers, topic));
    }
  },
  SYSLOG_NG_JSON(Source.DEV_KMSG, "KERNEL") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      syslogNg(
          host, DEV_KMSG, "$(format-json --scope rfc5424 --scope dot-nv-pairs)", brokers, topic);
    }
  },
  SYSLOG_NG_DEFAULT(Source.DEV_KMSG, "UNVERIFIED") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      syslogNg(host, DEV_KMSG, "$ISODATE $HOST $MSGHDR$MSG", brokers, topic);
    }
  },
  SYSLOG_NG_JOURNAL(Source.JOURNAL, "KERNEL") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      syslogNg(
          host,
          "systemd-journal(prefix(\".journald.\"));",
          "$(format-json --scope rfc5424 --scope dot-nv-pairs)",
          brokers,
          topic);
    }
  },
  SYSLOG_NG_FILE(Source.KERN_LOG, "KERNEL") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      syslogNg(
          host,
          "file(\"/var/log/kern.log\" default-facility(kern));",
          "$(format-json --scope rfc5424 --scope dot-nv-pairs)",
          brokers,
          topic);
    }
  },
  SYSLOG_NG_FILE_WHOLE_LINES(Source.KERN_LOG, "UNVERIFIED") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      syslogNg(
          host,
          "file(\"/var/log/kern.log\" flags(no-parse));",
          "$(format-json --scope rfc5424 --scope dot-nv-pairs)",
          brokers,
          topic);
    }
  },
  SYSLOG_NG_FILE_WITHIN_SYSLOG(Source.KERN_LOG, "UNVERIFIED") {
    @Override
    void start(ShipperHost host, String brokers, String topic) {
      syslogNg(
          host,
          "file(\"/var/log/kern.log\" flags(no-parse));",
          "<$PRI>1 $ISODATE $HOST kern - - - $MSG",
          brokers,
          topic);
    }
  };

  /** Where the daemon has the kernel's lines from. */
  enum Source {
    DEV_KMSG,
    PROC_KMSG,
    JOURNAL,
    KERN_LOG
  }

  private static final String IMKMSG = "module(load=\"imkmsg\")";
  private static final String IMJOURNAL =
      "module(load=\"imjournal\" StateFile=\"journal\" IgnorePreviousMessages=\"off\""
          + " Ratelimit.Interval=\"0\")";
  private static final String DEV_KMSG =
      "file(\"/dev/kmsg\" program-override(\"kernel\") flags(kernel) format(\"linux-kmsg\")"
          + " keep-timestamp(no));";

  private final Source source;
  private final String provenance;

  ShipperForm(Source source, String provenance) {
    this.source = source;
    this.provenance = provenance;
  }

  /** Lays out the log and starts the daemon. */
  final void start(ShipperHost host, KernelInput input, String brokers, String topic) {
    switch (source) {
      case JOURNAL -> host.journal(input.journalExport());
      case KERN_LOG -> host.write("/var/log/kern.log", input.kernLog());
      case DEV_KMSG, PROC_KMSG -> {}
    }
    start(host, brokers, topic);
    switch (source) {
      case DEV_KMSG -> host.feed("kmsg", input.kmsg());
      case PROC_KMSG -> host.feed("prockmsg", input.procKmsg());
      case JOURNAL, KERN_LOG -> {}
    }
  }

  abstract void start(ShipperHost host, String brokers, String topic);

  /** How many records it makes of the log. */
  int records(KernelInput input) {
    return source == Source.DEV_KMSG || source == Source.JOURNAL ? input.records() : input.lines();
  }

  String provenance() {
    return provenance;
  }

  /** Whether it is a file of the project. */
  boolean isProjects() {
    return this == RSYSLOG_STOCK || this == SYSLOG_NG_PROJECT;
  }

  private static void rsyslog(
      ShipperHost host, String input, String template, String brokers, String topic) {
    host.write(
        "/etc/rsyslog.conf",
        """
        global(workDirectory="/var/spool/rsyslog")
        %s
        module(load="omkafka")
        template(name="json" type="string" string="%%jsonmesg%%")
        action(type="omkafka" broker=["%s"] topic="%s" template="%s")
        """
            .formatted(input, brokers, topic, template));
    host.start("/usr/sbin/rsyslogd", "-n", "-i", "/run/rsyslogd.pid");
  }

  private static void syslogNg(
      ShipperHost host, String source, String message, String brokers, String topic) {
    syslogNg(
        host,
        """
        source s { %s };
        destination d {
          kafka-c(bootstrap-servers("%s") topic("%s") message("%s"));
        };
        log { source(s); destination(d); };
        """
            .formatted(source, brokers, topic, message));
  }

  /** The project's file and the source that system() is on a host without systemd. */
  static void besideSystem(ShipperHost host, String brokers, String topic) {
    String beside = "source s_src { " + DEV_KMSG + " };\nlog { source(s_src); };\n";
    syslogNg(host, beside + projects("syslog-ng/oomstream.conf", brokers, topic));
  }

  private static void syslogNg(ShipperHost host, String text) {
    host.write("/etc/syslog-ng/syslog-ng.conf", "@version: 3.35\n" + text);
    host.start("/usr/sbin/syslog-ng", "-F", "-e", "--no-caps");
  }

  private static String projects(String file, String brokers, String topic) {
    Path shippers =
        Path.of(System.getProperty("oomstream.root", "..")).resolve("deploy/k8s/shippers");
    try {
      return Files.readString(shippers.resolve(file))
          .replace("kafka:9092", brokers)
          .replace("kernel.logs", topic);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
