package dev.throughline.output;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/** HDFS, whose changes meet a {@link Crash}. */
public final class CrashingHdfs extends DistributedFileSystem {

  /** The same, for FileContext. */
  public static final class Context extends DelegateToFileSystem {
    private final CrashingHdfs files;

    public Context(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
      this(uri, hadoop, new CrashingHdfs());
    }

    private Context(URI uri, Configuration hadoop, CrashingHdfs files)
        throws IOException, URISyntaxException {
      super(uri, files, hadoop, "hdfs", true);
      this.files = files;
    }

    @Override
    public int getUriDefaultPort() {
      return 8020;
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      files.rename(from, to, overwrite ? Rename.OVERWRITE : Rename.NONE);
    }

    @Override
    public void renameInternal(Path from, Path to) throws IOException {
      files.rename(from, to, Rename.NONE);
    }
  }

  /** Makes it what the scheme hdfs is. */
  static Configuration register(Configuration hadoop) {
    Configuration crashing = new Configuration(hadoop);
    crashing.set("fs.hdfs.impl", CrashingHdfs.class.getName());
    crashing.set("fs.hdfs.impl.disable.cache", "true");
    crashing.set("fs.AbstractFileSystem.hdfs.impl", Context.class.getName());
    return crashing;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    return Crash.step(
        () -> super.create(path, permission, overwrite, buffer, replication, block, progress));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return Crash.step(() -> super.mkdirs(path, permission));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return Crash.step(() -> super.rename(from, to));
  }

  @Override
  public void rename(Path from, Path to, Rename... options) throws IOException {
    Crash.change(() -> super.rename(from, to, options));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return Crash.step(() -> super.delete(path, recursive));
  }
}
