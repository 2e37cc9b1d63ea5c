package dev.throughline.reports;

import dev.throughline.config.Settings;
import dev.throughline.metrics.CampaignPeriods;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What reports are made of. Everything concerns the run's days only.
 *
 * @param days one row for each day, also for a day without events
 * @param rows what was counted of the rows of the log
 * @param repeated conversions that do not count, see {@link dev.throughline.model.Conversions}
 * @param totals conversions and value by day and action, counted without journeys
 * @param swept what the order of people's events says, see {@link dev.throughline.model.Swept}, as
 *     far as a report of the run needs it
 * @param credits credit by day, dimension, member, action and model, and what the share was in each
 *     resample of people, see {@link dev.throughline.model.DayCredits}
 * @param training what models learned from, for each day
 * @param campaignPeriods counts by day, period and campaign, see {@link CampaignPeriods}
 * @param currency the one currency of all money; NULL where the data names none
 * @param settings the configuration
 */
public record Sources(
    Dataset<Row> days,
    Rows rows,
    Dataset<Row> repeated,
    Dataset<Row> totals,
    Dataset<Row> swept,
    Dataset<Row> credits,
    Training training,
    Dataset<Row> campaignPeriods,
    String currency,
    Settings settings) {

  /**
   * What some reports count of rows of the log, while these are at hand; NULL where no report of
   * the run needs it, see {@link Report#needs}.
   *
   * @param quality what {@link DataQuality#ofRows} returned
   * @param lateness what {@link EventLateness#ofRows} returned
   * @param rejected what {@link RejectedEvents#ofRows} returned
   */
  public record Rows(Dataset<Row> quality, Dataset<Row> lateness, Dataset<Row> rejected) {}

  /**
   * What models that learn from several days learned, see {@link dev.throughline.model.Learned}.
   *
   * @param transitions steps between the states of chains
   * @param effects what removing members from chains would change
   * @param positions Shapley values by position
   */
  public record Training(Dataset<Row> transitions, Dataset<Row> effects, Dataset<Row> positions) {}

  /** How many people a row has to rest on; 0: rows are not folded. */
  int minPeople() {
    return settings.minPeople();
  }

  /** Counts by day and campaign. */
  Dataset<Row> campaignDays() {
    return campaignPeriods.filter(CampaignPeriods.PERIOD.col().equalTo(1));
  }
}
