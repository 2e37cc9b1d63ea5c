package dev.throughline.output;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What runs keep of their days so that later runs need not read these days again. Nothing is ever
 * needed from here: a day that is not kept, or whose log or configuration is another by now, is
 * read from the log.
 *
 * <p>A day counts as kept by its note, which is written after all its files and removed before any
 * of them changes. Files are those of {@link Warehouse#kept}, the day is the name of their folder.
 */
public final class KeptDays implements DayStore {

  /**
   * What a note says.
   *
   * @param stamp the configuration and the version by which the day was computed
   * @param input fingerprint of the log's files of the day
   * @param currencies the currencies of the day's money
   * @param rows rows of the day, by what became of them
   * @param rejected rejected ones, by reason
   */
  public record Note(
      String stamp,
      String input,
      List<String> currencies,
      Map<String, Long> rows,
      Map<String, Long> rejected) {

    /** Of what has no rows of its own. */
    public Note(String stamp, String input) {
      this(stamp, input, List.of(), Map.of(), Map.of());
    }
  }

  private static final Pattern DAY = Pattern.compile("day=(\\d{4}-\\d{2}-\\d{2})");

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final String folder;
  private final List<Table> tables;

  /**
   * @param tables what is kept of each day
   */
  public KeptDays(SparkSession spark, Warehouse warehouse, List<Table> tables) {
    this(spark, warehouse, "days", tables);
  }

  /** Days up to which a table is carried on; they have notes of their own. */
  public static KeptDays carried(SparkSession spark, Warehouse warehouse, Table table) {
    return new KeptDays(spark, warehouse, "carried_days", List.of(table));
  }

  private KeptDays(SparkSession spark, Warehouse warehouse, String folder, List<Table> tables) {
    this.spark = spark;
    this.folder = folder;
    this.warehouse = warehouse;
    this.tables = tables;
  }

  @Override
  public Map<LocalDate, Note> notes(Collection<LocalDate> days) {
    Map<LocalDate, Note> notes = new TreeMap<>();
    for (LocalDate day : days) {
      note(day).ifPresent(note -> notes.put(day, note));
    }
    return notes;
  }

  /** A note that cannot be read is none: the day is read from the log then. */
  private Optional<Note> note(LocalDate day) {
    try {
      Config note = Manifest.read(warehouse, warehouse.keptNote(folder, day));
      Map<String, Object> lengths = note.getObject("files").unwrapped();
      return lengths.equals(lengths(day))
          ? Optional.of(
              new Note(
                  note.getString("stamp"),
                  note.getString("input"),
                  note.getStringList("currencies"),
                  counts(note.getObject("rows")),
                  counts(note.getObject("rejected"))))
          : Optional.empty();
    } catch (FileNotFoundException | ConfigException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", day, e);
    }
  }

  private static Map<String, Long> counts(ConfigObject counts) {
    Map<String, Long> byName = new TreeMap<>();
    counts.unwrapped().forEach((name, count) -> byName.put(name, ((Number) count).longValue()));
    return byName;
  }

  private Map<String, Object> lengths(LocalDate day) throws IOException {
    Map<String, Object> lengths = new HashMap<>();
    for (Table table : tables) {
      long length = warehouse.files().getFileStatus(warehouse.kept(table.name(), day)).getLen();
      lengths.put(table.name(), Long.toString(length));
    }
    return lengths;
  }

  @Override
  public Dataset<Row> read(Table table, Collection<LocalDate> days) {
    List<String> files = new ArrayList<>();
    days.forEach(day -> files.add(warehouse.kept(table.name(), day).getParent().toString()));
    return spark
        .read()
        .schema(table.schema())
        .option("basePath", warehouse.keptRoot(table.name()).toString())
        .parquet(files.toArray(String[]::new))
        .select(table.fields().stream().map(Field::col).toArray(Column[]::new));
  }

  @Override
  public void replace(Map<LocalDate, Note> notes, Runnable publishing) {
    forget(notes.keySet());
    publishing.run();
    remember(notes);
  }

  @Override
  public List<LocalDate> stored(Table table) {
    Path root = warehouse.keptRoot(table.name());
    List<LocalDate> days = new ArrayList<>();
    try {
      if (warehouse.files().exists(root)) {
        for (FileStatus folder : warehouse.files().listStatus(root)) {
          Matcher day = DAY.matcher(folder.getPath().getName());
          if (day.matches()) {
            days.add(LocalDate.parse(day.group(1)));
          }
        }
      }
      return days;
    } catch (IOException e) {
      throw new ThroughlineException(ErrorKind.PUBLISH, root + " cannot be listed: " + e, e);
    }
  }

  @Override
  public void remove(Collection<LocalDate> days) {
    forget(days);
    for (LocalDate day : days) {
      for (Table table : tables) {
        try {
          warehouse.files().delete(warehouse.kept(table.name(), day).getParent(), true);
        } catch (IOException e) {
          throw failed("removed", day, e);
        }
      }
    }
  }

  /** From here on none of the days counts as kept. */
  private void forget(Collection<LocalDate> days) {
    for (LocalDate day : days) {
      try {
        warehouse.files().delete(warehouse.keptNote(folder, day), false);
      } catch (IOException e) {
        throw failed("removed", day, e);
      }
    }
  }

  /** From here on the days count as kept; their files are in place. */
  private void remember(Map<LocalDate, Note> notes) {
    notes.forEach(
        (day, note) -> {
          Manifest written = new Manifest();
          written.put("stamp", note.stamp());
          written.put("input", note.input());
          written.put("currencies", note.currencies());
          written.put("rows", note.rows());
          written.put("rejected", note.rejected());
          try {
            written.put("files", lengths(day));
            written.write(warehouse, warehouse.keptNote(folder, day));
          } catch (IOException e) {
            throw failed("written", day, e);
          }
        });
  }

  private ThroughlineException failed(String what, LocalDate day, IOException e) {
    return new ThroughlineException(
        ErrorKind.PUBLISH,
        "The note of what is kept of "
            + day
            + ", "
            + warehouse.keptNote(folder, day)
            + ", cannot be "
            + what
            + ": "
            + e
            + ". Nothing there is needed: remove the folder and run again.",
        e);
  }
}
