package dev.throughline.app;

import dev.throughline.output.DayStore;
import dev.throughline.output.KeptDays;
import dev.throughline.output.Warehouse;
import org.apache.spark.sql.SparkSession;

/**
 * Where earlier runs kept rows.
 *
 * @param days rows of {@link Keeping#TABLES}, day by day
 * @param snapshots of the touches of many days, by the last of them
 */
record KeptStores(DayStore days, DayStore snapshots) {

  /** Those below the output path. */
  static KeptStores of(SparkSession spark, Warehouse warehouse) {
    return new KeptStores(
        new KeptDays(spark, warehouse, Keeping.TABLES),
        KeptDays.carried(spark, warehouse, Carrying.TABLE));
  }
}
