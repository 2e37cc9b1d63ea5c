package dev.throughline.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a sample: {@code events/dt=…/*.parquet}, {@code campaigns.csv}, {@code spend.csv}. Other
 * files of the folder are left alone.
 *
 * <p>The same options give the same rows in the same order under the same file names. Parquet lists
 * the encodings of a column in no fixed order, so a few bytes of a footer may differ from run to
 * run.
 */
public final class SampleWriter {

  /** One file a day up to here; above, the people of a day are split into blocks. */
  private static final long PEOPLE_PER_FILE = 1_000_000;

  private final SparkSession spark;
  private final Path folder;
  private final FileSystem files;

  /** A writer into a folder, which need not exist. */
  public SampleWriter(SparkSession spark, String folder) throws IOException {
    this.spark = spark;
    Path path = new Path(folder);
    this.files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
    this.folder = files.makeQualified(path);
  }

  /** Writes all; refuses a folder that holds something, unless told to overwrite. */
  public void write(SampleOptions options, boolean overwrite) throws IOException {
    refuseUnless(overwrite);
    Path events = new Path(folder, "events");
    files.delete(events, true);
    writeEvents(options, events);
    writeLines("campaigns.csv", CampaignFiles.campaigns(options));
    Dataset<Row> written = spark.read().parquet(events.toString());
    writeLines("spend.csv", CampaignFiles.spend(options, written));
  }

  private void refuseUnless(boolean overwrite) throws IOException {
    if (!overwrite && files.exists(folder) && files.listStatus(folder).length > 0) {
      throw new ThroughlineException(
          ErrorKind.CONFIG,
          "sample: --out %s is not empty; give another folder, or --force to replace its sample"
              .formatted(folder));
    }
  }

  private void writeEvents(SampleOptions options, Path events) throws IOException {
    Column block = expr("greatest(sort_key, 0L) div " + PEOPLE_PER_FILE);
    SampleGenerator.sorted(spark, options, SampleGenerator.partitions(options))
        .repartition(col(SampleSchema.DT), block)
        .sortWithinPartitions(
            SampleSchema.DT,
            SampleSchema.SORT_KEY,
            "event_time",
            "event_id",
            "received_time",
            "creative_id",
            "event_type")
        .drop(SampleSchema.SORT_KEY)
        .write()
        .partitionBy(SampleSchema.DT)
        .option("compression", "zstd")
        .option("parquet.compression.codec.zstd.level", "9")
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .parquet(events.toString());
    for (FileStatus day : files.listStatus(events)) {
      if (day.isDirectory()) {
        number(day.getPath());
      }
    }
  }

  /** Spark names files at random; a sample under version control wants names that stay. */
  private void number(Path day) throws IOException {
    FileStatus[] written = files.listStatus(day, path -> path.getName().endsWith(".parquet"));
    Arrays.sort(written);
    for (int i = 0; i < written.length; i++) {
      Path numbered = new Path(day, "events-" + i + ".zstd.parquet");
      if (!files.rename(written[i].getPath(), numbered)) {
        throw new IOException("cannot rename " + written[i].getPath() + " to " + numbered);
      }
      dropChecksum(numbered);
    }
  }

  private void writeLines(String name, List<String> lines) throws IOException {
    Path file = new Path(folder, name);
    try (OutputStream out = files.create(file, true)) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    dropChecksum(file);
  }

  /**
   * Hadoop puts a hidden checksum beside every local file. Version control restores the file
   * without it, and a checksum left from another version would make the sample unreadable.
   */
  private void dropChecksum(Path file) throws IOException {
    if (files instanceof ChecksumFileSystem local) {
      local.getRawFileSystem().delete(local.getChecksumFile(file), false);
    }
  }
}
