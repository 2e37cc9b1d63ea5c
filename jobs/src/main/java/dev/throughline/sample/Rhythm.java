package dev.throughline.sample;

import java.time.LocalDate;
import java.util.SplittableRandom;

/** When people are about: quiet nights, busy evenings, a busier end of the week. */
final class Rhythm {
  static final long SECOND = 1000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private static final int[] HOURS = {
    14, 8, 5, 4, 4, 7, 14, 25, 34, 38, 40, 42, 46, 44, 40, 40, 44, 52, 62, 72, 76, 66, 46, 28
  };

  /** Monday first. */
  private static final int[] WEEKDAYS = {92, 90, 94, 98, 108, 116, 112};

  private final SampleOptions options;
  private final int[] days;

  Rhythm(SampleOptions options) {
    this.options = options;
    this.days = new int[options.days()];
    LocalDate day = options.from();
    for (int i = 0; i < days.length; i++) {
      days[i] = WEEKDAYS[day.plusDays(i).getDayOfWeek().getValue() - 1];
    }
  }

  /** A moment of the range, to the second. */
  long moment(SplittableRandom random) {
    int day = Chance.index(random, days);
    int hour = Chance.index(random, HOURS);
    return options.startMillis() + day * DAY + hour * HOUR + random.nextInt(3600) * SECOND;
  }

  /** The number of the day, from 0. */
  int dayOf(long time) {
    return (int) Math.floorDiv(time - options.startMillis(), DAY);
  }
}
