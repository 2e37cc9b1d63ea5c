package dev.throughline.input;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rows of a file of the log, by its footer.
 *
 * @param files its path; several where {@link Events#FILE} does not tell files apart
 * @param rows of all of them
 */
public record FileRows(List<String> files, long rows) {
  FileRows and(FileRows other) {
    return new FileRows(
        Stream.concat(files.stream(), other.files.stream()).toList(), rows + other.rows);
  }
}
