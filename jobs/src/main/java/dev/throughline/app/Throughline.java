package dev.throughline.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line. Exit codes are those of {@link ErrorKind}; 0 is success. */
@Command(
    name = "throughline",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Nightly funnel and attribution tables from ad event logs.",
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      ReportsCommand.class,
      HtmlCommand.class,
      EraseCommand.class,
      SampleCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:a defect of Throughline or of the machine under it",
      "2:the command line or the configuration is wrong; nothing was read",
      "3:the input is missing, unreadable or contradicts itself; nothing was published",
      "4:a computed table breaks its contract; nothing was published",
      "5:the tables could not be written or put in place",
      "6:another run holds the output path, or took it over; nothing was published from then on",
      "7:a day is unlike the days before it; nothing was published"
    },
    footer = {
      "",
      "Configuration: conf/throughline.conf explains every key; --config FILE holds what differs."
    })
public final class Throughline implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: run, validate, html, erase, reports or sample.");
  }

  /**
   * Runs a command and returns its exit code.
   *
   * @param out where results go
   * @param err where progress goes, and what went wrong
   */
  public static int execute(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Throughline())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((error, command, parsed) -> report(error, command))
        .execute(args);
  }

  private static int report(Exception error, CommandLine command) {
    ThroughlineException failure = Failures.explain(error);
    command.getErr().println();
    command.getErr().println("throughline: " + failure.getMessage());
    if (failure.kind() == ErrorKind.INTERNAL) {
      error.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return failure.kind().exitCode();
  }

  /** Returns normally on success, since some clusters take any call of exit for a failure. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, UTF_8), true);
    PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, UTF_8), true);
    int code = execute(out, err, args);
    if (code != 0) {
      System.exit(code);
    }
  }
}
