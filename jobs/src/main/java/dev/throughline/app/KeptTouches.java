package dev.throughline.app;

import dev.throughline.input.Events;
import dev.throughline.input.RowsOfPeople;
import dev.throughline.model.Conversions;
import dev.throughline.model.Journeys;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The touches of days that a run does not read, as far as it needs them. */
final class KeptTouches {
  private final Keeping keeping;
  private final LocalDate wholeFrom;
  private final boolean ofEverybody;

  /**
   * @param wholeFrom first day that is read whole where it is not kept
   * @param ofEverybody whether touches of everybody are followed; if not, only those of people who
   *     converted since that day
   */
  KeptTouches(Keeping keeping, LocalDate wholeFrom, boolean ofEverybody) {
    this.keeping = keeping;
    this.wholeFrom = wholeFrom;
    this.ofEverybody = ofEverybody;
  }

  /**
   * The people who converted, also on days that are not read.
   *
   * @param read those of days that are read
   */
  Dataset<Row> converters(Dataset<Row> read) {
    return keeping
        .touches()
        .map(touches -> touches.filter(ofWholeDays()))
        .map(touches -> read.union(Journeys.converters(touches)).distinct())
        .orElse(read);
  }

  /** Touches; of days before those that are read whole in any case only of who converted. */
  Optional<Dataset<Row>> of(Dataset<Row> converters) {
    if (!ofEverybody) {
      return keeping
          .touches()
          .map(touches -> RowsOfPeople.only(touches, Journeys.touchesPerson(), converters));
    }
    boolean older = keeping.days().stream().anyMatch(day -> day.isBefore(wholeFrom));
    // Of what was carried there is hardly more.
    return older && keeping.carriedTo().isEmpty()
        ? keeping.touches().map(touches -> ofWhoMatters(touches, converters))
        : keeping.touches();
  }

  private Dataset<Row> ofWhoMatters(Dataset<Row> touches, Dataset<Row> converters) {
    Dataset<Row> before = touches.filter(functions.not(ofWholeDays()));
    return touches
        .filter(ofWholeDays())
        .unionByName(RowsOfPeople.only(before, Journeys.touchesPerson(), converters));
  }

  private Column ofWholeDays() {
    return from(wholeFrom);
  }

  private static Column from(LocalDate day) {
    return Events.DAY.col().geq(Date.valueOf(day));
  }

  /**
   * Conversions that count, by day and action, of kept days from a day on; empty where none of
   * these days was kept.
   *
   * @param repeated conversions that do not count
   */
  Optional<Dataset<Row>> totals(LocalDate from, Dataset<Row> repeated) {
    return keeping
        .kept(Conversions.UNJOINABLE, from)
        .map(
            unjoinable ->
                Conversions.added(
                    Conversions.totals(
                        Journeys.conversions(
                            keeping.touches().orElseThrow().filter(from(from)), repeated)),
                    unjoinable));
  }
}
