package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.input.Period;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks configuration and input, and nothing else. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks the configuration and the input of a day or a range; computes nothing.")
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DayOptions days;
  @Mixin private ConfigOptions config;

  @Override
  public Integer call() {
    Settings settings = config.load();
    Period period = days.period(settings);
    try (Sessions session = Sessions.open(settings.spark())) {
      SparkSession spark = session.spark();
      new InputCheck(spark, settings, period)
          .print(spec.commandLine().getOut(), new Progress(spec.commandLine().getErr()));
    }
    return 0;
  }
}
