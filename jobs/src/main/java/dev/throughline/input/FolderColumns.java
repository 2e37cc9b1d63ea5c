package dev.throughline.input;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * Columns that are in the names of folders below a day's, such as {@code dt=2026-10-31/hour=10}.
 * Their values are text as it stands there, so that {@code 007} stays what it is.
 */
final class FolderColumns {
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private FolderColumns() {}

  /**
   * The values that folders give a file's rows, by column whatever its case; empty for NULL.
   *
   * @param names the folders' names, from the outermost
   * @param day the name of the day's own folder, which may lie within itself again
   * @throws ThroughlineException of kind INPUT if folders within each other contradict
   */
  static Map<String, Optional<String>> of(Iterable<String> names, String day, Path file) {
    Map<String, Optional<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    put(values, day, file);
    String dayColumn = values.keySet().iterator().next();
    names.forEach(name -> put(values, name, file));
    values.remove(dayColumn);
    return values;
  }

  private static void put(Map<String, Optional<String>> values, String folder, Path file) {
    int equals = folder.indexOf('=');
    if (equals <= 0) {
      return;
    }
    String column = ExternalCatalogUtils.unescapePathName(folder.substring(0, equals));
    String text = ExternalCatalogUtils.unescapePathName(folder.substring(equals + 1));
    Optional<String> value = text.equals(NULL) ? Optional.empty() : Optional.of(text);
    Optional<String> outer = values.putIfAbsent(column, value);
    if (outer != null && !outer.equals(value)) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The file "
              + file
              + " lies in a folder "
              + folder
              + " within one of "
              + column
              + "="
              + outer.orElse(NULL)
              + ". Move it to where its rows belong. Nothing was published.");
    }
  }

  /** The columns that folders of any of the files give. */
  static Set<String> names(Collection<LogFile> files) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    files.forEach(file -> names.addAll(file.folders().keySet()));
    return names;
  }
}
