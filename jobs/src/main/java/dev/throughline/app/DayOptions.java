package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.input.Period;
import java.time.DateTimeException;
import java.time.LocalDate;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that say which days. The day is always an argument, never today. */
final class DayOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      converter = Day.class,
      description = "One reporting day.")
  private LocalDate date;

  @Option(
      names = "--from",
      paramLabel = "YYYY-MM-DD",
      converter = Day.class,
      description = "First day of a range, with --to. A range reads the log once.")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "YYYY-MM-DD",
      converter = Day.class,
      description = "Last day of the range, inclusive.")
  private LocalDate to;

  static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + text + "' is no date. Write YYYY-MM-DD, such as 2026-10-31.");
      }
    }
  }

  /** Whether a range was asked for, and not one day. */
  boolean range() {
    return date == null;
  }

  /** The days asked for. */
  Period period(Settings settings) {
    CommandLine command = spec.commandLine();
    if (date != null && (from != null || to != null)) {
      throw new ParameterException(command, "Give either --date or --from and --to, not both.");
    }
    if (date == null && (from == null || to == null)) {
      throw new ParameterException(command, "Say which days: --date D, or --from A --to B.");
    }
    LocalDate first = date != null ? date : from;
    LocalDate last = date != null ? date : to;
    if (last.isBefore(first)) {
      throw new ParameterException(
          command, "The range ends on " + last + ", before it begins on " + first + ".");
    }
    return Period.of(first, last, settings);
  }
}
