package dev.throughline.output;

import com.typesafe.config.ConfigException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The leases of a warehouse: numbered files, of which the highest counts. */
final class LeaseFolder {
  private static final Pattern LEASE = Pattern.compile("(\\d{1,18})\\.json");
  private static final Pattern HALF_WRITTEN = Pattern.compile("\\.(\\d{1,18})[.-](.*)\\.writing");

  private final Warehouse warehouse;

  LeaseFolder(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** The highest number; 0 if there is no lease. */
  long last() throws IOException {
    long last = 0;
    try {
      for (FileStatus file : warehouse.files().listStatus(warehouse.lease())) {
        last = Math.max(last, number(LEASE, file.getPath()));
      }
    } catch (FileNotFoundException e) {
      return 0;
    }
    return last;
  }

  /** The number in a name, 0 if it is another. */
  private static long number(Pattern pattern, Path file) {
    Matcher name = pattern.matcher(file.getName());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  /** The file of a number. */
  Path file(long number) {
    return new Path(warehouse.lease(), number + ".json");
  }

  /** Those who want a lease; {@link LeaseClaim}. */
  List<Path> claims() throws IOException {
    try {
      return Stream.of(warehouse.files().listStatus(warehouse.lease()))
          .map(FileStatus::getPath)
          .filter(file -> number(HALF_WRITTEN, file) > 0)
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** The token in the name of a claim. */
  static String claimant(Path claim) {
    Matcher name = HALF_WRITTEN.matcher(claim.getName());
    return name.matches() ? name.group(2) : "";
  }

  /** What a lease says; empty if that cannot be understood, or if it is not there. */
  Optional<LeaseNote> read(long number) throws IOException {
    return read(file(number));
  }

  Optional<LeaseNote> read(Path file) throws IOException {
    try {
      return Optional.of(LeaseNote.of(Manifest.read(warehouse, file)));
    } catch (FileNotFoundException | ConfigException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** When a file was last written; empty if it is not there. */
  Optional<Instant> written(Path file) throws IOException {
    try {
      long time = warehouse.files().getFileStatus(file).getModificationTime();
      return Optional.of(Instant.ofEpochMilli(time));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Takes a number, if it is free; of several who try, one is told so. */
  boolean create(long number, LeaseNote note) throws IOException {
    return note.json().writeNew(warehouse, file(number), number + "-" + note.token());
  }

  /** Writes a lease anew; only its holder does. */
  void write(long number, LeaseNote note) throws IOException {
    note.json().write(warehouse, file(number));
  }

  void delete(long number) throws IOException {
    warehouse.files().delete(file(number), false);
  }

  /** Removes lower numbers, and what others half wrote who wanted this one or a lower. */
  void deleteBefore(long number) throws IOException {
    FileSystem files = warehouse.files();
    for (FileStatus file : files.listStatus(warehouse.lease())) {
      long lease = number(LEASE, file.getPath());
      long halfWritten = number(HALF_WRITTEN, file.getPath());
      if ((lease > 0 && lease < number) || (halfWritten > 0 && halfWritten <= number)) {
        files.delete(file.getPath(), false);
      }
    }
  }
}
