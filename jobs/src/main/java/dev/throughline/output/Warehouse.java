package dev.throughline.output;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;

/**
 * The folder of the published tables: where everything in it lies.
 *
 * <pre>
 * path/table/day=YYYY-MM-DD/table.parquet   published
 * path/_runs/RUN.json                       manifests
 * path/_staging/RUN/table/…                 of a run that is under way
 * path/_kept/table/day=…/table.parquet      what later runs need not read again; holds user ids
 * path/_kept/days/YYYY-MM-DD.json           notes of the days that are kept
 * path/_days/YYYY-MM-DD.json                which run published the day's tables, and from what
 * path/_lease/N.json                        who may write here; the highest N counts
 * </pre>
 *
 * Readers of tables pass over names that begin with an underscore.
 */
public final class Warehouse {
  private final Path root;
  private final Configuration hadoop;
  private final Disk disk;
  private FileSystem files;

  public Warehouse(String root, Configuration hadoop) {
    this(root, hadoop, Disk.LOCAL);
  }

  Warehouse(String root, Configuration hadoop, Disk disk) {
    this.root = new Path(root);
    this.hadoop = hadoop;
    this.disk = disk;
  }

  /** What is used in place of {@link #files} where a local disk can do more in one step. */
  Disk disk() {
    return disk;
  }

  boolean local() throws IOException {
    return files().getScheme().equalsIgnoreCase("file");
  }

  /**
   * Whether files are objects, as with S3A: what is written is seen when it is closed, whole, also
   * where there was a file; but a rename copies and deletes, and two can create one name.
   */
  boolean holdsObjects() throws IOException {
    return files().hasPathCapability(root, CommonPathCapabilities.ABORTABLE_STREAM);
  }

  synchronized FileSystem files() throws IOException {
    if (files == null) {
      files = root.getFileSystem(hadoop);
    }
    return files;
  }

  Configuration hadoop() {
    return hadoop;
  }

  /** The one file of a table and day. */
  public Path published(String table, LocalDate day) {
    return new Path(new Path(new Path(root, table), "day=" + day), table + ".parquet");
  }

  Path keptRoot(String table) {
    return new Path(new Path(root, "_kept"), table);
  }

  Path kept(String table, LocalDate day) {
    return new Path(new Path(keptRoot(table), "day=" + day), table + ".parquet");
  }

  /** The note of what is kept of a day, by the name of the folder of such notes. */
  Path keptNote(String notes, LocalDate day) {
    return new Path(keptRoot(notes), day + ".json");
  }

  Path dayNote(LocalDate day) {
    return new Path(new Path(root, "_days"), day + ".json");
  }

  Path manifest(String runId) {
    return new Path(new Path(root, "_runs"), runId + ".json");
  }

  Path staging(String runId) {
    return new Path(new Path(root, "_staging"), runId);
  }

  Path lease() {
    return new Path(root, "_lease");
  }

  /**
   * Removes what runs left that were killed: their staging folders, and manifests half written.
   * Only who holds the lease may do so, since then no other run lives.
   *
   * @return the runs whose staging folders were removed
   * @throws ThroughlineException of kind PUBLISH
   */
  public List<String> removeLeftovers() {
    List<String> runs = new ArrayList<>();
    try {
      FileSystem files = files();
      Path staging = staging("any").getParent();
      if (files.exists(staging)) {
        for (FileStatus left : files.listStatus(staging)) {
          runs.add(left.getPath().getName());
          files.delete(left.getPath(), true);
        }
        files.delete(staging, true);
      }
      Path manifests = manifest("any").getParent();
      if (files.exists(manifests)) {
        for (FileStatus left : files.listStatus(manifests)) {
          if (left.getPath().getName().startsWith(".")) {
            files.delete(left.getPath(), false);
          }
        }
      }
      return runs;
    } catch (IOException e) {
      throw notWritable(e.toString(), e);
    }
  }

  /** The one data file that Spark wrote to a folder. */
  Path onlyFile(Path in) throws IOException {
    FileStatus[] found = files().listStatus(in, p -> p.getName().endsWith(".parquet"));
    if (found.length != 1) {
      throw new IOException(in + " holds " + found.length + " files, expected one");
    }
    return found[0].getPath();
  }

  @Override
  public String toString() {
    return root.toString();
  }

  /**
   * Fails unless the folder can be written, without writing anything.
   *
   * @throws ThroughlineException of kind PUBLISH
   */
  public void requireWritable() {
    try {
      FileSystem files = files();
      Path existing = files.makeQualified(root);
      while (existing.getParent() != null && !exists(files, existing)) {
        existing = existing.getParent();
      }
      if (!files.getFileStatus(existing).isDirectory()) {
        throw notWritable(existing + " is a file", null);
      }
      files.access(existing, FsAction.WRITE_EXECUTE);
    } catch (AccessControlException e) {
      throw notWritable(e.getMessage(), e);
    } catch (IOException e) {
      throw notWritable(e.toString(), e);
    }
  }

  /**
   * Fails if a file that is not ours lies where a table's day is published: readers would read it
   * too.
   *
   * @throws ThroughlineException of kind PUBLISH that names the file
   */
  public void refuseStrangers(String table, LocalDate day) {
    Path target = published(table, day);
    try {
      if (!files().exists(target.getParent())) {
        return;
      }
      for (FileStatus file : files().listStatus(target.getParent())) {
        String name = file.getPath().getName();
        if (!name.startsWith("_") && !name.startsWith(".") && !name.equals(target.getName())) {
          throw new ThroughlineException(
              ErrorKind.PUBLISH,
              "Nothing was published: "
                  + file.getPath()
                  + " is no file of Throughline's, and readers of "
                  + table
                  + " would read it too. Move it away and run again.");
        }
      }
    } catch (IOException e) {
      throw notWritable(e.toString(), e);
    }
  }

  /** Below a file nothing exists, though some file systems call that an error. */
  private static boolean exists(FileSystem files, Path path) throws IOException {
    try {
      return files.exists(path);
    } catch (org.apache.hadoop.fs.ParentNotDirectoryException e) {
      return false;
    }
  }

  private ThroughlineException notWritable(String why, Throwable cause) {
    return new ThroughlineException(
        ErrorKind.PUBLISH,
        "The output path "
            + root
            + " cannot be written: "
            + why
            + ". Check throughline.output.path and its permissions.",
        cause);
  }
}
