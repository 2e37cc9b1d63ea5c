package dev.throughline.output;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's file system of local disks, asking the JDK for the permissions of files. Without its
 * native library Hadoop starts a process for each, {@code chmod} or {@code ls}: some 500 of them in
 * a small night. All else is Hadoop's, checksums too.
 *
 * <p>For systems with POSIX permissions; {@link #fit} tells.
 */
public final class LocalFiles extends LocalFileSystem {

  /** Hadoop makes one when it meets the scheme {@code file}. */
  public LocalFiles() {
    super(new Raw());
  }

  /** Whether the JDK can tell the permissions that this asks for. */
  public static boolean fit() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      PosixFileAttributes found;
      try {
        found = Files.readAttributes(file, PosixFileAttributes.class);
      } catch (FileSystemException e) {
        // Also where a part of the path is a file, as Hadoop sees it.
        if (Files.exists(file)) {
          throw e;
        }
        FileNotFoundException absent =
            new FileNotFoundException("File " + path + " does not exist");
        absent.initCause(e);
        throw absent;
      }
      return new FileStatus(
          found.size(),
          found.isDirectory(),
          1,
          getDefaultBlockSize(path),
          found.lastModifiedTime().toMillis(),
          found.lastAccessTime().toMillis(),
          FsPermission.valueOf("-" + PosixFilePermissions.toString(found.permissions())),
          found.owner().getName(),
          found.group().getName(),
          makeQualified(path));
    }

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      if (permission.getStickyBit()) {
        // The JDK has no name for it.
        super.setPermission(path, permission);
        return;
      }
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(),
          PosixFilePermissions.fromString(
              permission.getUserAction().SYMBOL
                  + permission.getGroupAction().SYMBOL
                  + permission.getOtherAction().SYMBOL));
    }
  }
}
