package dev.throughline.input;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Whether files can be read by the columns of the log.
 *
 * @param needed names and types of what is read of the files
 * @param columns the columns of the log
 * @param dayColumn the column that the folder of a day gives
 * @param inFolders the columns that folders below it give
 */
record FooterCheck(
    List<StructField> needed, LogColumns columns, String dayColumn, Set<String> inFolders) {

  /** Fails if a column that is read has another type in a file, or cannot be read there. */
  void require(Footer footer) {
    for (StructField column : needed) {
      String name = column.name().toLowerCase(Locale.ROOT);
      FileColumn found = footer.columns().get(name);
      if (found == null || name.equalsIgnoreCase(dayColumn)) {
        continue;
      }
      if (inFolders.contains(name)) {
        requireInFolder(footer.file(), column.name());
      } else if (!found.isNullFor(column.dataType())) {
        require(footer.file(), found, column.dataType(), columns.declaredBy().get(name));
      }
    }
  }

  private static void require(LogFile file, FileColumn found, DataType wanted, LogFile declaring) {
    if (found.problem().isPresent()) {
      throw unusable(file, found);
    }
    if (!NeededColumns.reads(wanted, found.type().orElseThrow())) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The file "
              + file.path()
              + " cannot be read with the others: its column "
              + found.name()
              + " is "
              + found.type().get().sql()
              + ", but "
              + wanted.sql()
              + " in "
              + declaring.path()
              + ", by whose columns the log is read. Spark reads no type as another, not even INT"
              + " as BIGINT: write one of them again with the type of the other. Nothing was"
              + " published.");
    }
  }

  /** A column that folders of some files give, and other files hold, would be two columns. */
  private static void requireInFolder(LogFile file, String column) {
    if (!file.folders().containsKey(column)) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The file "
              + file.path()
              + " has a column "
              + column
              + ", which other files of the log have in the names of their folders. Deliver all"
              + " days in the one way or in the other. Nothing was published.");
    }
  }

  /** The failure of a column that the mapping uses, but that cannot be read. */
  static ThroughlineException unusable(LogFile file, FileColumn column) {
    return new ThroughlineException(
        ErrorKind.INPUT,
        "The file "
            + file.path()
            + " cannot be read: its column "
            + column.name()
            + " "
            + column.problem().orElseThrow()
            + ". Nothing was published.");
  }

  /** The first column that some of the files have and others lack. */
  static Optional<String> lacking(List<Footer> own) {
    Map<String, String> names = new LinkedHashMap<>();
    own.forEach(
        footer -> footer.columns().forEach((name, typed) -> names.putIfAbsent(name, typed.name())));
    String first = null;
    int more = 0;
    for (Footer footer : own) {
      for (Map.Entry<String, String> name : names.entrySet()) {
        if (!footer.columns().containsKey(name.getKey())) {
          if (first == null) {
            first = footer.file().path() + " has no column " + name.getValue();
          } else {
            more++;
          }
        }
      }
    }
    String others = more == 0 ? "" : " (and " + more + " more of these)";
    return Optional.ofNullable(first)
        .map(lack -> lack + ", which others of the run's days have: it is read as NULL" + others);
  }
}
