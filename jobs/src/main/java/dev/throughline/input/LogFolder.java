package dev.throughline.input;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The folder of a log with one sub-folder a day: which days are there, and whether their files can
 * be whole. Each day is listed once; what comes later is seen by {@link #again}.
 */
final class LogFolder {
  private final Path root;
  private final String column;
  private final Configuration hadoop;
  private final FileSystem files;

  /** The data files of the days that were listed; empty for a day without a folder. */
  private final Map<LocalDate, Optional<List<LogFile>>> listed = new ConcurrentHashMap<>();

  LogFolder(String root, String column, Configuration hadoop) {
    this.root = new Path(root);
    this.column = column;
    this.hadoop = hadoop;
    try {
      this.files = this.root.getFileSystem(hadoop);
      if (!files.exists(this.root)) {
        throw new ThroughlineException(
            ErrorKind.INPUT,
            "The event log " + root + " does not exist. Check throughline.input.events.path.");
      }
    } catch (IOException e) {
      throw unreadable(this.root, e);
    }
  }

  /** The same folder, of which nothing was listed yet. */
  LogFolder again() {
    return new LogFolder(root.toString(), column, hadoop);
  }

  Path path(LocalDate day) {
    return new Path(root, column + "=" + day);
  }

  /**
   * The days among those given that are there. A day is there if its folder holds a data file, or
   * is marked as written with no rows ({@code _SUCCESS}).
   */
  List<LocalDate> present(List<LocalDate> days) {
    return days.stream().filter(day -> hasFiles(day) || markedAsWritten(day)).toList();
  }

  /** Whether the day's folder holds any data file. */
  private boolean hasFiles(LocalDate day) {
    List<LogFile> found = files(List.of(day));
    found.forEach(LogFolder::refuseEmptyFile);
    return !found.isEmpty();
  }

  /**
   * What the files of some days are, by name, length and time of writing: another fingerprint means
   * that the days may hold other rows.
   */
  String fingerprint(List<LocalDate> days) {
    List<String> found = new ArrayList<>();
    for (LocalDate day : days) {
      list(day)
          .ifPresentOrElse(
              files ->
                  files.forEach(
                      file -> found.add(file.path() + " " + file.length() + " " + file.modified())),
              () -> found.add(path(day) + " absent"));
    }
    Collections.sort(found);
    return UUID.nameUUIDFromBytes(String.join("\n", found).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /** The data files of some days, in order of their paths. */
  List<LogFile> files(Collection<LocalDate> days) {
    List<LogFile> found = new ArrayList<>();
    for (LocalDate day : days) {
      list(day).ifPresent(found::addAll);
    }
    found.sort(Comparator.comparing(LogFile::path));
    return found;
  }

  private Optional<List<LogFile>> list(LocalDate day) {
    return listed.computeIfAbsent(day, this::listNow);
  }

  private Optional<List<LogFile>> listNow(LocalDate day) {
    List<LogFile> found = new ArrayList<>();
    Path folder = path(day);
    try {
      RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
      while (all.hasNext()) {
        FileStatus file = all.next();
        List<String> between = between(files.makeQualified(folder), file.getPath());
        if (FileNames.holdsRows(file, between)) {
          found.add(
              new LogFile(day, file, FolderColumns.of(between, folder.getName(), file.getPath())));
        }
      }
      return Optional.of(found);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The names of the folders between a day's and a file, from the outermost. */
  private static List<String> between(Path folder, Path file) {
    List<String> names = new ArrayList<>();
    Path at = file.getParent();
    for (int depth = at.depth(); depth > folder.depth(); depth--) {
      names.add(0, at.getName());
      at = at.getParent();
    }
    return names;
  }

  private boolean markedAsWritten(LocalDate day) {
    try {
      return files.exists(new Path(path(day), "_SUCCESS"));
    } catch (IOException e) {
      throw unreadable(path(day), e);
    }
  }

  /**
   * Spark skips a file of zero bytes without a word; a file that was cut off at its start loses its
   * rows.
   */
  private static void refuseEmptyFile(LogFile file) {
    if (file.length() == 0) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The file "
              + file.path()
              + " has 0 bytes: it was not written to its end."
              + " Deliver it again, or remove it if it stands for nothing.");
    }
  }

  /** Fails unless every day is there, and says which are not. */
  void require(List<LocalDate> days, Set<LocalDate> present) {
    List<LocalDate> missing = new ArrayList<>(days);
    missing.removeAll(present);
    if (!missing.isEmpty()) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The event log "
              + root
              + " has no "
              + column
              + "="
              + join(missing)
              + (missing.size() == 1 ? ", a day" : ", days")
              + " of this run. It has "
              + extent()
              + ". Run again when the log has arrived, or mark a day without events by an empty "
              + path(missing.get(0))
              + "/_SUCCESS.");
    }
  }

  private static String join(List<LocalDate> days) {
    String shown = String.join(", ", days.stream().limit(5).map(LocalDate::toString).toList());
    return days.size() > 5 ? shown + " and " + (days.size() - 5) + " more" : shown;
  }

  private String extent() {
    try {
      String prefix = column + "=";
      List<String> names =
          Arrays.stream(files.listStatus(root))
              .filter(FileStatus::isDirectory)
              .map(status -> status.getPath().getName())
              .filter(name -> name.startsWith(prefix))
              .sorted()
              .toList();
      return names.isEmpty()
          ? "no folder named " + prefix + "YYYY-MM-DD"
          : names.get(0) + " to " + names.get(names.size() - 1);
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  private static ThroughlineException unreadable(Path path, IOException cause) {
    return new ThroughlineException(
        ErrorKind.INPUT, "The event log cannot be listed at " + path + ": " + cause, cause);
  }
}
