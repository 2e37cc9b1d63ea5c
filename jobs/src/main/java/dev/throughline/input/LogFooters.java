package dev.throughline.input;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Footer.Typed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The footers of a log's Parquet files, read by the driver, each once.
 *
 * <p>Spark reads all files by one schema. Of a file that has another type it reads some wrongly,
 * others not at all, and this it finds out in the middle of a run.
 */
final class LogFooters {
  /** Reading a footer is waiting for a disk or a network. */
  private static final int THREADS = 8;

  private final List<LogFile> files;
  private final Configuration hadoop;
  private final ParquetToSparkSchemaConverter converter;
  private final Map<LogFile, Footer> read;

  /** Where the type of a column was taken from. */
  private final Map<String, LogFile> declaredBy;

  LogFooters(SparkSession spark, List<LogFile> files) {
    this.files = files;
    this.hadoop = spark.sessionState().newHadoopConf();
    this.converter = new ParquetToSparkSchemaConverter(spark.sessionState().conf());
    this.read = new HashMap<>();
    this.declaredBy = new HashMap<>();
  }

  private LogFooters(LogFooters of, List<LogFile> files) {
    this.files = files;
    this.hadoop = of.hadoop;
    this.converter = of.converter;
    this.read = of.read;
    this.declaredBy = of.declaredBy;
  }

  /** The footers of some of the files, with what was read of them already. */
  LogFooters only(List<LogFile> some) {
    return new LogFooters(this, some);
  }

  /** The columns of a day: those of all of its files. */
  StructType columns(LocalDate day) {
    StructType columns = new StructType();
    for (Footer footer : of(List.of(day))) {
      for (Map.Entry<String, Typed> column : footer.columns().entrySet()) {
        Typed typed = column.getValue();
        if (typed.type().isEmpty()) {
          throw Footer.unreadable(
              footer.file(), "its column " + typed.name() + ": " + typed.problem(), null);
        }
        if (declaredBy.putIfAbsent(column.getKey(), footer.file()) == null) {
          columns = columns.add(typed.name(), typed.type().get());
        }
      }
    }
    return columns;
  }

  /** The rows of some days, by day; without days that have no files. */
  Map<LocalDate, Long> rows(Collection<LocalDate> days) {
    Map<LocalDate, Long> rows = new TreeMap<>();
    for (Footer footer : of(days)) {
      rows.merge(footer.file().day(), footer.rows(), Long::sum);
    }
    return rows;
  }

  /**
   * The rows of the files of some days.
   *
   * @param number {@link Events#FILE} of a file; files of one number are counted together
   */
  Map<Long, FileRows> rowsByFile(Collection<LocalDate> days, ToLongFunction<Path> number) {
    Map<Long, FileRows> rows = new HashMap<>();
    for (Footer footer : of(days)) {
      Path file = footer.file().path();
      rows.merge(
          number.applyAsLong(file),
          new FileRows(List.of(file.toString()), footer.rows()),
          FileRows::and);
    }
    return rows;
  }

  /**
   * Reads all footers, and fails if a column that is read has another type in a file.
   *
   * @param used the rows of the log as they will be read; they say which columns that needs
   * @param own the partitions of the run's own days
   */
  Checked check(Dataset<Row> used, Collection<LocalDate> own) {
    List<StructField> needed = NeededColumns.of(used);
    List<Footer> all = of(files.stream().map(LogFile::day).toList());
    for (Footer footer : all) {
      for (StructField column : needed) {
        String name = column.name().toLowerCase(Locale.ROOT);
        Typed typed = footer.columns().get(name);
        if (typed == null) {
          continue;
        }
        if (footer.doubts().containsKey(name)) {
          throw Footer.unreadable(
              footer.file(),
              "its footer is damaged: column " + typed.name() + " is " + footer.doubts().get(name),
              null);
        }
        if (typed.type().isEmpty() || !NeededColumns.reads(column.dataType(), typed.type().get())) {
          throw mistyped(footer.file(), typed, column.dataType(), declaredBy.get(name));
        }
      }
    }
    long rows = all.stream().mapToLong(Footer::rows).sum();
    return new Checked(all.size(), rows, lacking(of(own)));
  }

  private static ThroughlineException mistyped(
      LogFile file, Typed found, DataType wanted, LogFile declaring) {
    return new ThroughlineException(
        ErrorKind.INPUT,
        "The file "
            + file.path()
            + " cannot be read with the others: its column "
            + found.name()
            + " is "
            + found.type().map(DataType::sql).orElse("of a type that Spark does not read")
            + ", but "
            + wanted.sql()
            + " in "
            + declaring.path()
            + ", by whose columns the log is read. Spark reads no type as another, not even INT as"
            + " BIGINT: write one of them again with the type of the other. Nothing was"
            + " published.");
  }

  /** The first column that some of the files have and others lack. */
  private static Optional<String> lacking(List<Footer> own) {
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

  private List<Footer> of(Collection<LocalDate> days) {
    Set<LocalDate> wanted = Set.copyOf(days);
    List<LogFile> listed = files.stream().filter(file -> wanted.contains(file.day())).toList();
    List<LogFile> unread = listed.stream().filter(file -> !read.containsKey(file)).toList();
    readAll(unread);
    return listed.stream().map(read::get).toList();
  }

  private void readAll(List<LogFile> unread) {
    for (Footer footer : each(unread, file -> Footer.read(file, hadoop, converter))) {
      read.put(footer.file(), footer);
    }
  }

  /** Fails if a page of a file has another checksum than its header says, or cannot be read. */
  void requireWholePages() {
    each(
        files,
        file -> {
          Pages.requireWhole(file, hadoop);
          return file;
        });
  }

  /** Does something with each file, a few at a time; fails as the first file does that fails. */
  private static <T> List<T> each(List<LogFile> files, Function<LogFile, T> work) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<T>> working = new ArrayList<>();
      for (LogFile file : files) {
        working.add(threads.submit(() -> work.apply(file)));
      }
      List<T> done = new ArrayList<>();
      for (Future<T> result : working) {
        done.add(result.get());
      }
      return done;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ThroughlineException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while files of the log were read", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
