package dev.throughline.output;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Steps on a local disk that Hadoop's local file system takes several for. */
interface Disk {
  /** This machine's. */
  Disk LOCAL = new Disk() {};

  /** Renames a file over another; rename(2). */
  default void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Gives a file a second name; link(2). Where a disk has no links, a copy is made under a name
   * that is taken first: then who looks meanwhile sees a part of it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
   */
  default void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException e) {
      Files.copy(from, to);
    } catch (FileSystemException e) {
      if (!e.getClass().equals(FileSystemException.class)) {
        throw e;
      }
      Files.copy(from, to);
    }
  }

  /** Writes a file; whoever looks meanwhile sees a part of it. */
  default void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Removes a file, if it is there. */
  default void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
