package dev.throughline.output;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetReadSupport;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.collection.immutable.Map$;

/**
 * A Parquet file of few rows, written and read on the driver, without a Spark job. Writer and
 * reader are those that Spark's tasks use, so a file has the same bytes whoever writes it. They are
 * no public API of Spark.
 */
final class DriverFile {
  private final SparkSession spark;
  private final Configuration hadoop;
  private final Path file;

  DriverFile(SparkSession spark, Configuration hadoop, Path file) {
    this.spark = spark;
    this.hadoop = hadoop;
    this.file = file;
  }

  /**
   * Writes the file.
   *
   * @param rows in the order in which they are written
   * @throws ThroughlineException of kind PUBLISH
   */
  void write(List<Row> rows, StructType schema) {
    Function1<Object, Object> internal = CatalystTypeConverters.createToCatalystConverter(schema);
    try {
      Job job = Job.getInstance(hadoop);
      OutputWriter writer =
          new ParquetFileFormat()
              .prepareWrite(spark, job, Map$.MODULE$.empty(), schema)
              .newInstance(
                  file.toString(),
                  schema,
                  new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID()));
      try {
        rows.forEach(row -> writer.write((InternalRow) internal.apply(row)));
      } finally {
        writer.close();
      }
    } catch (IOException e) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH,
          file
              + " cannot be written: "
              + e
              + ". Nothing was published. Check the disk of throughline.output.path and run again.",
          e);
    }
  }

  /**
   * Reads the file, with the checksums of its pages.
   *
   * @throws ThroughlineException of kind PUBLISH if it is not what was written
   */
  List<Row> read(StructType schema) {
    Configuration reading = new Configuration(hadoop);
    reading.set(ParquetReadSupport.SPARK_ROW_REQUESTED_SCHEMA(), schema.json());
    reading.setBoolean("parquet.page.verify-checksum.enabled", true);
    reading.setBoolean(SQLConf.CASE_SENSITIVE().key(), false);
    reading.setBoolean(SQLConf.PARQUET_BINARY_AS_STRING().key(), false);
    reading.setBoolean(SQLConf.PARQUET_INT96_AS_TIMESTAMP().key(), true);
    reading.setBoolean(SQLConf.PARQUET_INFER_TIMESTAMP_NTZ_ENABLED().key(), true);
    reading.setBoolean(SQLConf.LEGACY_PARQUET_NANOS_AS_LONG().key(), false);
    reading.setBoolean(SQLConf.NESTED_SCHEMA_PRUNING_ENABLED().key(), true);
    reading.setBoolean(SQLConf.PARQUET_FIELD_ID_READ_ENABLED().key(), false);
    reading.setBoolean(SQLConf.IGNORE_MISSING_PARQUET_FIELD_ID().key(), false);
    reading.set(SQLConf.SESSION_LOCAL_TIMEZONE().key(), "UTC");
    Function1<Object, Object> external = CatalystTypeConverters.createToScalaConverter(schema);
    List<Row> rows = new ArrayList<>();
    try (ParquetReader<InternalRow> reader =
        ParquetReader.builder(new ParquetReadSupport(), file).withConf(reading).build()) {
      for (InternalRow row = reader.read(); row != null; row = reader.read()) {
        rows.add((Row) external.apply(row));
      }
      return rows;
    } catch (IOException | RuntimeException e) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH,
          "What was staged at "
              + file
              + " cannot be read: "
              + e
              + ". Nothing was published. Check the disk and run again.",
          e);
    }
  }
}
