package dev.throughline.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** The local disk, whose changes meet a {@link Crash}; as Hadoop's own, or as one like HDFS. */
class CrashingFiles extends RawLocalFileSystem {
  static final String SCHEME = "crash";

  /** Hadoop's file system of the scheme file, with checksum files, over this one. */
  static final class Local extends LocalFileSystem {
    public Local() {
      super(new CrashingFiles());
    }
  }

  /** A file system that renames over a file, or to a free name, in one step. */
  static final class LikeHdfs extends CrashingFiles {
    @Override
    public URI getUri() {
      return URI.create(SCHEME + ":///");
    }

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      return plain(super.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      return Stream.of(super.listStatus(path)).map(LikeHdfs::plain).toArray(FileStatus[]::new);
    }

    /** Hadoop's own asks the disk for permissions later, and only by a path of the scheme file. */
    private static FileStatus plain(FileStatus status) {
      return new FileStatus(
          status.getLen(),
          status.isDirectory(),
          status.getReplication(),
          status.getBlockSize(),
          status.getModificationTime(),
          status.getPath());
    }
  }

  /** The same, for FileContext. */
  static final class Context extends DelegateToFileSystem {
    public Context(URI uri, Configuration hadoop) throws Exception {
      super(uri, new LikeHdfs(), hadoop, SCHEME, false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      if (overwrite) {
        Crash.step(
            () ->
                Files.move(
                    disk(from),
                    disk(to),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING));
      } else {
        renameInternal(from, to);
      }
    }

    @Override
    public void renameInternal(Path from, Path to) throws IOException {
      Crash.step(
          () -> {
            try {
              Files.createLink(disk(to), disk(from));
            } catch (java.nio.file.FileAlreadyExistsException e) {
              throw new FileAlreadyExistsException(e.getMessage());
            }
            Files.delete(disk(from));
            return true;
          });
    }
  }

  /** Steps on the disk that go past Hadoop. */
  static final class CrashingDisk implements Disk {
    @Override
    public void move(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
      Crash.change(() -> LOCAL.move(from, to));
    }

    @Override
    public void link(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
      Crash.change(() -> LOCAL.link(from, to));
    }

    @Override
    public void write(java.nio.file.Path file, byte[] bytes) throws IOException {
      Crash.step(() -> Files.createDirectories(file.getParent()));
      Crash.step(() -> Files.write(file, new byte[0]));
      Crash.step(() -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2)));
      Crash.step(() -> Files.write(file, bytes));
    }

    @Override
    public void delete(java.nio.file.Path file) throws IOException {
      Crash.change(() -> LOCAL.delete(file));
    }
  }

  private static java.nio.file.Path disk(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /** Adds both to a configuration; what the scheme file is, only if it is asked for. */
  static Configuration register(Configuration hadoop, boolean alsoLocal) {
    hadoop.set("fs.crash.impl", LikeHdfs.class.getName());
    hadoop.set("fs.AbstractFileSystem.crash.impl", Context.class.getName());
    if (alsoLocal) {
      hadoop.set("fs.file.impl", Local.class.getName());
      hadoop.set("fs.file.impl.disable.cache", "true");
    }
    return hadoop;
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    return new Steps(Crash.step(() -> super.createOutputStreamWithMode(file, append, permission)));
  }

  @Override
  protected boolean mkOneDirWithMode(Path path, java.io.File file, FsPermission permission)
      throws IOException {
    return Crash.step(() -> super.mkOneDirWithMode(path, file, permission));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return Crash.step(() -> super.rename(from, to));
  }

  /** File by file: a process can be halted in the middle of a folder. */
  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (recursive && exists(path) && getFileStatus(path).isDirectory()) {
      for (FileStatus child : listStatus(path)) {
        delete(child.getPath(), true);
      }
    }
    return Crash.step(() -> super.delete(path, false));
  }

  @Override
  public boolean truncate(Path file, long length) throws IOException {
    return Crash.step(() -> super.truncate(file, length));
  }

  /** Each write, and the close. */
  private static final class Steps extends FilterOutputStream {
    Steps(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      Crash.step(
          () -> {
            out.write(bytes, from, length);
            return true;
          });
    }

    @Override
    public void close() throws IOException {
      // What is open is closed also when a process is halted.
      out.close();
    }
  }
}
