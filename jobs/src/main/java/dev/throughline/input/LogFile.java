package dev.throughline.input;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A file of the log, as it was listed.
 *
 * @param day the day of its partition
 * @param status where it lies, its bytes, and when it was last written
 * @param folders the columns that the folders below its day give, see {@link FolderColumns}
 */
record LogFile(LocalDate day, FileStatus status, Map<String, Optional<String>> folders) {
  Path path() {
    return status.getPath();
  }

  long length() {
    return status.getLen();
  }

  /** When it was last written, in milliseconds since 1970. */
  long modified() {
    return status.getModificationTime();
  }

  boolean sameContent(LogFile other) {
    return length() == other.length() && modified() == other.modified();
  }
}
