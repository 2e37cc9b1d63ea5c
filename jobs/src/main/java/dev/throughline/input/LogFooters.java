package dev.throughline.input;

import dev.throughline.errors.ThroughlineException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
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

  private static final Comparator<LogFile> NEWEST_FIRST =
      Comparator.comparing(LogFile::day).reversed().thenComparing(LogFile::path);

  private final List<LogFile> files;
  private final Configuration hadoop;
  private final ParquetToSparkSchemaConverter converter;
  private final Map<LogFile, Footer> read;

  LogFooters(SparkSession spark, List<LogFile> files) {
    this.files = files;
    this.hadoop = spark.sessionState().newHadoopConf();
    this.converter = new ParquetToSparkSchemaConverter(spark.sessionState().conf());
    this.read = new HashMap<>();
  }

  private LogFooters(LogFooters of, List<LogFile> files) {
    this.files = files;
    this.hadoop = of.hadoop;
    this.converter = of.converter;
    this.read = of.read;
  }

  /** The footers of some of the files, with what was read of them already. */
  LogFooters only(List<LogFile> some) {
    return new LogFooters(this, some);
  }

  /**
   * The columns by which the files are read, see {@link LogColumns}.
   *
   * @param newest the newest day, whose columns they are, also if its files are not among these
   */
  LogColumns columns(List<LogFile> newest, Set<String> mapped, Set<String> inFolders) {
    return LogColumns.of(
        footers(newest),
        mapped,
        inFolders,
        () -> footers(files.stream().sorted(NEWEST_FIRST).toList()));
  }

  /** The files by what Spark is to be asked for, in the order of the first of each. */
  Map<FileShape, List<LogFile>> byShape(StructType columns, Set<String> mapped) {
    Map<FileShape, List<LogFile>> shapes = new LinkedHashMap<>();
    for (Footer footer : footers(files)) {
      shapes
          .computeIfAbsent(FileShape.of(footer, columns, mapped), any -> new ArrayList<>())
          .add(footer.file());
    }
    return shapes;
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
   * @param own the partitions of the run's own days
   */
  Checked check(FooterCheck check, Collection<LocalDate> own) {
    List<Footer> all = footers(files);
    all.forEach(check::require);
    long rows = all.stream().mapToLong(Footer::rows).sum();
    return new Checked(all.size(), rows, FooterCheck.lacking(of(own)));
  }

  private List<Footer> of(Collection<LocalDate> days) {
    Set<LocalDate> wanted = Set.copyOf(days);
    return footers(files.stream().filter(file -> wanted.contains(file.day())).toList());
  }

  private List<Footer> footers(List<LogFile> listed) {
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
