package dev.throughline.app;

import dev.throughline.sample.SampleOptions;
import dev.throughline.sample.SampleWriter;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code throughline sample}: writes a made-up event log with its campaigns and spend. */
@Command(
    name = "sample",
    description = "Write a synthetic event log, campaigns.csv and spend.csv.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SampleCommand implements Callable<Integer> {

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  private String out;

  @Option(names = "--from", paramLabel = "DAY", description = "First day, UTC.")
  private LocalDate from = SampleOptions.DEFAULT.from();

  @Option(names = "--to", paramLabel = "DAY", description = "Last day, inclusive.")
  private LocalDate to = SampleOptions.DEFAULT.to();

  @Option(names = "--people", description = "How many; one has some 30 events over 45 days.")
  private long people = SampleOptions.DEFAULT.people();

  @Option(names = "--seed", description = "The same seed gives the same rows.")
  private long seed = SampleOptions.DEFAULT.seed();

  @Option(
      names = "--no-reference-case",
      description = "Leave out campaigns A and B, whose counts are exact.")
  private boolean noReferenceCase;

  @Option(
      names = "--no-flaws",
      description = "Leave out late, repeated and broken rows, and robots.")
  private boolean noFlaws;

  @Option(names = "--force", description = "Replace the sample that is in DIR.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    SampleOptions options = new SampleOptions(from, to, people, seed, !noReferenceCase, !noFlaws);
    try (Sessions session = Sessions.open(Map.of())) {
      new SampleWriter(session.spark(), out).write(options, force);
    }
    return 0;
  }
}
