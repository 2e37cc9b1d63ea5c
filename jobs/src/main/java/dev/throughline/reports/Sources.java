package dev.throughline.reports;

import dev.throughline.config.Settings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What reports are made of. Everything concerns the run's days only.
 *
 * @param days one row for each day, also for a day without events
 * @param facts classified rows, see {@link dev.throughline.model.Facts}
 * @param repeated conversions that do not count, see {@link dev.throughline.model.Conversions}
 * @param totals conversions and value by day and action, counted without journeys
 * @param credits credit by day, dimension, member, action and model
 * @param capped journeys that lost touches to the cap, by day
 * @param campaignDays counts by day and campaign, see {@link dev.throughline.metrics.CampaignDays}
 * @param currency the one currency of all money; NULL where the data names none
 * @param settings the configuration
 */
public record Sources(
    Dataset<Row> days,
    Dataset<Row> facts,
    Dataset<Row> repeated,
    Dataset<Row> totals,
    Dataset<Row> credits,
    Dataset<Row> capped,
    Dataset<Row> campaignDays,
    String currency,
    Settings settings) {}
