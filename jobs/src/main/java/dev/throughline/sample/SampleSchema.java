package dev.throughline.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.expr;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The columns of the sample: as generated, and as written. */
final class SampleSchema {

  /** Column that orders the rows of a day, so that neighbours look alike and compress well. */
  static final String SORT_KEY = "sort_key";

  /** The partition column: the UTC day of event_time. */
  static final String DT = "dt";

  /** As generated: times as microseconds, which no time zone of a JVM can shift. */
  static final StructType DRAFT =
      StructType.fromDDL(
          SORT_KEY
              + " bigint, event_id string, event_time bigint, received_time bigint,"
              + " event_type string, event_name string, user_id string, session_id string,"
              + " campaign_id string, channel string, creative_id string, placement string,"
              + " impression_id string, viewable boolean, engagement_seconds double,"
              + " value decimal(12,2), currency string, order_id string,"
              + " cost decimal(12,6), cost_currency string, consent boolean,"
              + " invalid_reason string, user_agent string");

  private SampleSchema() {}

  /** Drafts with real timestamps and their day. */
  static Dataset<Row> withTimes(Dataset<Row> drafts) {
    Stream<Column> columns =
        Arrays.stream(drafts.columns())
            .map(
                name ->
                    name.endsWith("_time")
                        ? expr("timestamp_micros(" + name + ")").as(name)
                        : col(name));
    return drafts
        .select(columns.toArray(Column[]::new))
        .withColumn(DT, date_format(col("event_time"), "yyyy-MM-dd"));
  }
}
