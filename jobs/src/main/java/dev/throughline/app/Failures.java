package dev.throughline.app;

import dev.throughline.config.Secrets;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out of a chain of exceptions what the user can do about it. */
final class Failures {
  private static final Pattern FILE = Pattern.compile("\\b(?:file|hdfs|s3a?|abfss?|gs):[^\\s,;]+");

  /** Spark names a file while it opens it; over what it stumbles later it says only where. */
  private static final Pattern DECODING =
      Pattern.compile(
          "ParquetDecodingException|ParquetFileReader|ColumnChunkPageReadStore"
              + "|VectorizedColumnReader|VectorizedParquetRecordReader");

  /**
   * Spark's messages hold the stack of the task that failed: writing a footer is in one as well.
   */
  private static final Pattern FRAMES = Pattern.compile("(?m)^\\s+at .*$");

  private Failures() {}

  /** The failure that the user is told of. */
  static ThroughlineException explain(Throwable error) {
    StringBuilder all = new StringBuilder();
    Throwable root = error;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ThroughlineException known) {
        return known;
      }
      all.append(cause).append('\n');
      root = cause;
    }
    String text = all.toString();
    String lower = FRAMES.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    boolean reading =
        lower.contains("reading file")
            || lower.contains("footer")
            || lower.contains("not a parquet file")
            || lower.contains("cannot be converted in file")
            || lower.contains("cannot be read")
            || inPages(text);
    if (reading) {
      Matcher file = FILE.matcher(text);
      String where =
          file.find()
              ? file.group().replaceAll("[.)]+$", "").replace(":///", ":/")
              : "of the input";
      return new ThroughlineException(
          ErrorKind.INPUT,
          "The file "
              + where
              + " cannot be read: "
              + firstLine(root)
              + ". Deliver it again. Nothing was published.",
          error);
    }
    return new ThroughlineException(
        ErrorKind.INTERNAL,
        "The run failed and published nothing that it had not finished: " + firstLine(root),
        error);
  }

  /** Whether rows of a Parquet file could not be read, by an error that does not name it. */
  static boolean inUnnamedPages(Throwable error) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ThroughlineException) {
        return false;
      }
      all.append(cause).append('\n');
    }
    return inPages(all.toString()) && !FILE.matcher(all).find();
  }

  private static boolean inPages(String text) {
    return DECODING.matcher(text).find() && !text.contains("OutOfMemoryError");
  }

  private static String firstLine(Throwable error) {
    return Secrets.withoutCredentials(error.toString())
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("[.]+$", "");
  }
}
