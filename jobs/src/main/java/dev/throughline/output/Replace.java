package dev.throughline.output;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Paths;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;

/** Puts a file in a place in one step. */
final class Replace {
  private static final int BUFFER = 1 << 16;

  private Replace() {}

  /**
   * Moves a file over another: whoever opens the target sees the old file or the new one, whole.
   *
   * <p>HDFS renames over a file atomically. Hadoop's local file system does not: its overwrite
   * deletes first, and a checksum file beside the data would be moved in a second step. There the
   * file is moved by rename(2), without a checksum file. In an object store a rename over a file
   * would delete it, then copy. There the file is written anew in its place, where it is seen when
   * all of it was sent; and then removed where it was.
   *
   * <p>A move that is reported to have failed may have been done, as when the answer is lost: then
   * the source is gone and the target is as long as it was, and that counts as done. Nothing is
   * deleted either way.
   */
  static void file(Warehouse warehouse, Path from, Path to) throws IOException {
    FileSystem files = warehouse.files();
    long length = files.getFileStatus(from).getLen();
    try {
      if (warehouse.local()) {
        java.nio.file.Path target = onDisk(to);
        warehouse.disk().delete(target.resolveSibling("." + target.getFileName() + ".crc"));
        warehouse.disk().move(onDisk(from), target);
      } else if (warehouse.holdsObjects()) {
        send(files, from, to, length);
        files.delete(from, false);
      } else {
        FileContext.getFileContext(to.toUri(), warehouse.hadoop())
            .rename(from, to, Rename.OVERWRITE);
      }
    } catch (IOException e) {
      if (files.exists(from) || !files.exists(to) || files.getFileStatus(to).getLen() != length) {
        throw e;
      }
    }
  }

  /** Sends a file to another place; if not all of it can be sent, nothing is changed there. */
  private static void send(FileSystem files, Path from, Path to, long length) throws IOException {
    try (FSDataInputStream in = files.open(from);
        FSDataOutputStream out = files.create(to, true)) {
      boolean whole = false;
      try {
        IOUtils.copyBytes(in, out, BUFFER, false);
        whole = out.getPos() == length;
        if (!whole) {
          throw new EOFException(from + " has " + out.getPos() + " of " + length + " bytes");
        }
      } finally {
        if (!whole) {
          // To close it alone would put in place what was sent so far.
          out.abort();
        }
      }
    }
  }

  /**
   * Moves a file to a name, if that is free; of several who try, one succeeds.
   *
   * <p>On a local disk the file is linked to the name, which link(2) does only if it is free, and
   * stays where it was besides. HDFS renames to a free name only, in one step of the namenode.
   * Other file systems may look first and rename then; {@link LeaseClaim} does without.
   *
   * @return whether the name was free
   */
  static boolean ifFree(Warehouse warehouse, Path from, Path to) throws IOException {
    try {
      if (warehouse.local()) {
        warehouse.disk().link(onDisk(from), onDisk(to));
      } else {
        FileContext.getFileContext(to.toUri(), warehouse.hadoop()).rename(from, to);
      }
      return true;
    } catch (java.nio.file.FileAlreadyExistsException | FileAlreadyExistsException e) {
      return false;
    } catch (NoSuchFileException | FileNotFoundException e) {
      // Who was faster has cleared up.
      return false;
    }
  }

  private static java.nio.file.Path onDisk(Path path) {
    return Paths.get(path.toUri().getPath());
  }
}
