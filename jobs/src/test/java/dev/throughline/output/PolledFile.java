package dev.throughline.output;

import dev.throughline.output.SmallNight.Seen;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;

/** A published file, replaced again and again under a reader that polls. */
final class PolledFile {
  private static final String OLD = "0123456789".repeat(5_000);
  private static final String NEW = "abcdefghij".repeat(7_000);

  private PolledFile() {}

  /** Puts a staged file over the published one. */
  interface Replacement {
    void file(Warehouse warehouse, Path staged, Path target) throws IOException;
  }

  /** What the reader found. */
  static Map<Seen, Long> replace(SmallNight night, int times, Replacement replacement)
      throws Exception {
    Warehouse warehouse = night.warehouse(night.root("replaced"));
    Path target = warehouse.published("table", SmallNight.DAYS.get(0));
    night.write(target, OLD);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Map<Seen, Long>> reads =
          reader.submit(
              () -> {
                Map<Seen, Long> seen = new EnumMap<>(Seen.class);
                try (FileSystem own = FileSystem.newInstance(target.toUri(), warehouse.hadoop())) {
                  while (!done.get()) {
                    seen.merge(look(own, target), 1L, Long::sum);
                  }
                }
                return seen;
              });
      for (int i = 0; i < times; i++) {
        Path staged = new Path(warehouse.staging("run"), "part-" + i);
        night.write(staged, i % 2 == 0 ? NEW : OLD);
        replacement.file(warehouse, staged, target);
      }
      done.set(true);
      return reads.get();
    } finally {
      done.set(true);
      reader.shutdownNow();
    }
  }

  private static Seen look(FileSystem files, Path target) throws IOException {
    try {
      String text = SmallNight.read(files, target);
      return text.equals(OLD) ? Seen.OLD : text.equals(NEW) ? Seen.NEW : Seen.OTHER;
    } catch (FileNotFoundException e) {
      return Seen.NONE;
    } catch (IOException e) {
      if (tellsOfReplacement(e)) {
        return Seen.REPLACED;
      }
      throw e;
    }
  }

  /**
   * Whether an error says that a file is another than the one that was opened: S3A notices by the
   * object's ETag; HDFS, when a block of the old file is gone, by the blocks of the new one, for
   * which it has no exception of its own.
   */
  static boolean tellsOfReplacement(IOException e) {
    return e instanceof PathIOException
        || String.valueOf(e.getMessage()).matches("Blocklist for .* has changed!");
  }
}
