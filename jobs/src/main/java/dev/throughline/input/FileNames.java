package dev.throughline.input;

import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.util.HadoopFSUtils;

/** Which names in a log's folders stand for data: Spark's own rule, for whatever lists or reads. */
final class FileNames {
  /** What some object stores' tools leave in the place of a folder. */
  private static final String FOLDER_MARKER = "_$folder$";

  private FileNames() {}

  /**
   * Whether readers pass over a file or a folder of this name: what begins with a dot, what begins
   * with an underscore and is no {@code _column=value}, and what a copy into HDFS has not finished.
   */
  static boolean hidden(String name) {
    // Spark finds files of summaries by the second rule, but reads no rows from them.
    return HadoopFSUtils.shouldFilterOutPathName(name)
        || (name.startsWith("_") && !name.contains("="));
  }

  /**
   * Whether a file holds rows.
   *
   * @param folders the names of the folders between the day's and the file
   */
  static boolean holdsRows(FileStatus file, List<String> folders) {
    String name = file.getPath().getName();
    boolean marker = file.getLen() == 0 && name.endsWith(FOLDER_MARKER);
    return !marker && !hidden(name) && folders.stream().noneMatch(FileNames::hidden);
  }
}
