package dev.throughline.sample;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A fingerprint of rows in any order: their number and the sum of their hashes over all columns.
 *
 * @param rows how many
 * @param hash the sum of the rows' hashes
 */
public record SampleDigest(long rows, BigInteger hash) {

  /** The digest of a written folder of events. */
  public static SampleDigest ofFolder(SparkSession spark, String eventsFolder) {
    return of(spark.read().parquet(eventsFolder));
  }

  /** The digest of rows; the order of columns does not matter either. */
  public static SampleDigest of(Dataset<Row> rows) {
    Row sums =
        rows.select(xxhash64(hashed(rows)).cast("decimal(20,0)").as("hash"))
            .agg(count(lit(1)), coalesce(sum("hash"), lit(BigDecimal.ZERO)))
            .head();
    return new SampleDigest(sums.getLong(0), sums.getDecimal(1).toBigInteger());
  }

  /** Every column with its null flag, since the hash passes over nulls. */
  private static Column[] hashed(Dataset<Row> rows) {
    return Arrays.stream(rows.columns())
        .sorted()
        .flatMap(
            name ->
                name.equals(SampleSchema.DT)
                    // Read from a folder it is a date, as generated it is a string.
                    ? Stream.of(col(name).cast("string"))
                    : Stream.of(col(name), col(name).isNull()))
        .toArray(Column[]::new);
  }

  @Override
  public String toString() {
    return rows + ":" + hash;
  }
}
