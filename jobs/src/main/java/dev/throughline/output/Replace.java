package dev.throughline.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** Puts a file in the place of another in one step. */
final class Replace {
  private Replace() {}

  /**
   * Moves a file over another: whoever opens the target sees the old file or the new one, whole.
   *
   * <p>HDFS renames over a file atomically. Hadoop's local file system does not: its overwrite
   * deletes first, and a checksum file beside the data would be moved in a second step. There the
   * file is moved by rename(2), without a checksum file. On object stores a rename copies; see the
   * decision record on publishing.
   */
  static void file(Warehouse warehouse, Path from, Path to) throws IOException {
    if (warehouse.files().getScheme().toLowerCase(Locale.ROOT).equals("file")) {
      java.nio.file.Path target = Paths.get(to.toUri().getPath());
      Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".crc"));
      Files.move(
          Paths.get(from.toUri().getPath()),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } else {
      FileContext.getFileContext(to.toUri(), warehouse.hadoop()).rename(from, to, Rename.OVERWRITE);
    }
  }
}
