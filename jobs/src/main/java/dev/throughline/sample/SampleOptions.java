package dev.throughline.sample;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * What to generate.
 *
 * @param from first day, in UTC
 * @param to last day, inclusive
 * @param people how many people besides those of the reference case
 * @param seed the same seed gives the same rows
 * @param referenceCase whether to add {@link ReferenceCase} when its day is inside the range
 * @param flaws whether rows are late, repeated or broken and robots are about; without, every row
 *     is an event of a person's browser
 */
public record SampleOptions(
    LocalDate from, LocalDate to, long people, long seed, boolean referenceCase, boolean flaws)
    implements Serializable {

  /** The options of the sample that the repository carries. */
  public static final SampleOptions DEFAULT =
      new SampleOptions(
          LocalDate.parse("2026-09-17"), LocalDate.parse("2026-10-31"), 16_000, 42, true);

  /** A sample with the flaws of a real log. */
  public SampleOptions(
      LocalDate from, LocalDate to, long people, long seed, boolean referenceCase) {
    this(from, to, people, seed, referenceCase, /* flaws= */ true);
  }

  /** Refuses an empty range and a number of people that nothing can be made of. */
  public SampleOptions {
    if (to.isBefore(from)) {
      throw new ThroughlineException(
          ErrorKind.CONFIG,
          "sample: --to %s lies before --from %s; give a later --to".formatted(to, from));
    }
    if (people < 1 || people > 99_999_999) {
      throw new ThroughlineException(
          ErrorKind.CONFIG,
          "sample: --people is %d; give a number from 1 to 99999999".formatted(people));
    }
  }

  /** Number of days, both ends included. */
  public int days() {
    return Math.toIntExact(ChronoUnit.DAYS.between(from, to) + 1);
  }

  /** The first millisecond of the range. */
  public long startMillis() {
    return from.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** The first millisecond after the range. */
  public long endMillis() {
    return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** Whether the reference case is wanted and its day is inside the range. */
  public boolean hasReferenceCase() {
    return referenceCase && !ReferenceCase.DAY.isBefore(from) && !ReferenceCase.DAY.isAfter(to);
  }
}
