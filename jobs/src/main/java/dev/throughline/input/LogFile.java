package dev.throughline.input;

import java.time.LocalDate;
import org.apache.hadoop.fs.Path;

/**
 * A file of the log, as it was listed.
 *
 * @param day the day of its partition
 * @param path where it lies
 * @param length its bytes
 * @param modified when it was last written, in milliseconds since 1970
 */
record LogFile(LocalDate day, Path path, long length, long modified) {
  boolean sameContent(LogFile other) {
    return length == other.length && modified == other.modified;
  }
}
