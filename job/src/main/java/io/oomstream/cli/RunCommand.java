package io.oomstream.cli;

import io.oomstream.cli.input.UnusableInput;
import io.oomstream.cli.shell.ExitCode;
import io.oomstream.cli.shell.Launcher;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.config.OptionTable;
import io.oomstream.pipeline.KafkaPipeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code oomstream run}: the job on Kafka, in this process or as a cluster's application. */
@Command(
    name = "run",
    header = "Run the job on Kafka.",
    description =
        "Kernel logs in from Kafka; kills, signals and blocks out to Kafka. --help-all shows all of the"
            + " job's options.",
    sortOptions = false)
final class RunCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  /** What the help shows before it is asked for all. */
  private static final Set<String> COMMON =
      Set.of(
          OomOptions.BOOTSTRAP_SERVERS.key(),
          OomOptions.INPUT_TOPICS.key(),
          OomOptions.KILLS_TOPIC.key(),
          OomOptions.SIGNALS_TOPIC.key(),
          OomOptions.BLOCKS_TOPIC.key(),
          OomOptions.DEAD_LETTERS_TOPIC.key(),
          OomOptions.INPUT_ENVELOPE.key(),
          OomOptions.INPUT_TIME_ZONE.key(),
          OomOptions.REPORT_LANGUAGE.key());

  private final Map<String, String> given = new LinkedHashMap<>();

  @Mixin private HelpOptions help = new HelpOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Options as key=value lines; options on the command line win over it")
  private @Nullable String configFile;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "Embedded Flink only. Default: 1")
  private int parallelism = 1;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Embedded Flink only. Default: 10")
  private int checkpointSeconds = 10;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description = "A property for the Kafka clients, such as security.protocol=SASL_SSL")
  private Map<String, String> kafkaProperties = new LinkedHashMap<>();

  private RunCommand() {}

  /** The command with one option for each of the job's. */
  static CommandSpec spec() {
    RunCommand command = new RunCommand();
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    for (ConfigOption<?> option : OptionTable.all()) {
      String shown = OptionTable.defaultText(option);
      OptionSpec.Builder flag =
          option.key().equals(OomOptions.BOOTSTRAP_SERVERS.key())
              ? OptionSpec.builder("--bootstrap-servers", "--" + option.key())
              : OptionSpec.builder("--" + option.key());
      spec.addOption(
          flag.type(String.class)
              .hidden(!COMMON.contains(option.key()))
              .paramLabel("VALUE")
              .description(
                  OptionTable.description(option).replace("%", "%%")
                      + (shown.isEmpty() ? "" : " Default: " + shown))
              .setter(command.taking(option.key()))
              .build());
    }
    return spec;
  }

  private ISetter taking(String key) {
    return new ISetter() {
      @Override
      public <T> T set(T value) {
        // picocli sets every option to null before it reads the command line.
        if (value == null) {
          given.remove(key);
        } else {
          given.put(key, value.toString());
        }
        return value;
      }
    };
  }

  @Override
  public Integer call() throws Exception {
    JobConfig config = JobConfig.of(options());
    StreamExecutionEnvironment env =
        Launcher.isUsed()
            ? EmbeddedFlink.unbounded(parallelism, Duration.ofSeconds(checkpointSeconds))
            : StreamExecutionEnvironment.getExecutionEnvironment();
    KafkaPipeline.build(env, config);
    KafkaPipeline.awaitTopics(config, RunCommand::waiting);
    env.execute("oomstream");
    return ExitCode.OK;
  }

  /** On a cluster the log is what people read. */
  private static void waiting(String why) {
    if (Launcher.isUsed()) {
      System.err.println("oomstream: waiting: " + why);
    } else {
      LOG.warn("Waiting to start: {}", why);
    }
  }

  private Map<String, String> options() throws UnusableInput, BadOptionException {
    if (parallelism < 1 || checkpointSeconds < 1) {
      throw new BadOptionException("--parallelism and --checkpoint-interval must be at least 1");
    }
    Map<String, String> options = new LinkedHashMap<>();
    if (configFile != null) {
      options.putAll(OptionFile.read(configFile));
    }
    options.putAll(given);
    kafkaProperties.forEach((key, value) -> options.put(OptionTable.KAFKA_PROPERTIES + key, value));
    return options;
  }
}
