package dev.throughline.input;

import static org.apache.spark.sql.functions.xxhash64;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Says of a row which file it came from, in eight bytes: by the hash of the file's path, as Spark
 * tells it beside the row and as the driver knows it from its listing.
 */
public final class FileHash {
  /** What Spark begins the hash of a column with. */
  private static final long SEED = 42;

  private FileHash() {}

  /** The hash of each row's file; the log's own columns may be named as they like. */
  static Column of(Dataset<Row> files) {
    return xxhash64(files.metadataColumn("_metadata").getField("file_path"));
  }

  /**
   * The same of a file that was listed. Spark tells paths as URIs, with what they have to escape.
   */
  public static long of(Path file) {
    String told = new Path(file.toString()).toUri().toString();
    return XxHash64Function.hash(UTF8String.fromString(told), DataTypes.StringType, SEED);
  }
}
