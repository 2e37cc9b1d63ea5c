package dev.throughline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, which sets and reads permissions through the JDK. Without Hadoop's
 * native library the original starts a process for each, {@code chmod} or {@code ls}: about a
 * thousand in a small run.
 *
 * <p>A disk that has no POSIX permissions is left to the original.
 */
public final class PosixFiles extends LocalFileSystem {
  /** Hadoop makes file systems by this. */
  public PosixFiles() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      PosixFileAttributeView view = view(path);
      if (view == null || permission.getStickyBit()) {
        super.setPermission(path, permission);
      } else {
        view.setPermissions(PosixFilePermissions.fromString(permission.toString()));
      }
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      return withPermission(super.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      FileStatus[] found = super.listStatus(path);
      for (int i = 0; i < found.length; i++) {
        found[i] = withPermission(found[i]);
      }
      return found;
    }

    /** The original's status asks {@code ls} when somebody asks it for permissions. */
    private FileStatus withPermission(FileStatus status) {
      PosixFileAttributeView view = view(status.getPath());
      if (view == null || status.isSymlink()) {
        return status;
      }
      try {
        PosixFileAttributes found = view.readAttributes();
        return new FileStatus(
            status.getLen(),
            status.isDirectory(),
            status.getReplication(),
            status.getBlockSize(),
            status.getModificationTime(),
            status.getAccessTime(),
            FsPermission.valueOf("-" + PosixFilePermissions.toString(found.permissions())),
            found.owner().getName(),
            found.group().getName(),
            status.getPath());
      } catch (IOException e) {
        // Gone meanwhile, or an owner without a name: the original knows what to say of these.
        return status;
      }
    }

    private PosixFileAttributeView view(Path path) {
      return Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
    }
  }
}
