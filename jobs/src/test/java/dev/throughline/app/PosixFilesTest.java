package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixFilesTest {
  private final Configuration hadoop = TestSession.get().sessionState().newHadoopConf();

  @TempDir java.nio.file.Path folder;

  @Test
  void runsOnOneMachineUseIt() throws IOException {
    assertInstanceOf(PosixFiles.class, FileSystem.get(folder.toUri(), hadoop));
  }

  @Test
  void permissionsAreSetAsByTheOriginal() throws IOException {
    FileSystem files = FileSystem.newInstance(folder.toUri(), hadoop);
    Path file = new Path(folder.resolve("new/file").toUri());
    try (OutputStream out = files.create(file)) {
      out.write(1);
    }
    assertEquals("rw-r--r--", permissions("new/file"));
    assertEquals("rwxr-xr-x", permissions("new"));
    files.setPermission(file, new FsPermission((short) 0640));
    assertEquals("rw-r-----", permissions("new/file"));
    assertEquals(new FsPermission((short) 0640), files.getFileStatus(file).getPermission());
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  /** The original starts a process when it is asked, and fails if the file is gone by then. */
  @Test
  void aStatusTellsPermissionsAndOwnerOfItself() throws IOException {
    FileSystem files = FileSystem.newInstance(folder.toUri(), hadoop);
    java.nio.file.Path file = Files.writeString(folder.resolve("file"), "text");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-----"));
    FileStatus[] found = {
      files.getFileStatus(new Path(file.toUri())),
      files.listStatus(new Path(folder.toUri()))[0],
      new LocatedFileStatus(files.listStatus(new Path(folder.toUri()))[0], null)
    };
    String owner = Files.getOwner(file).getName();
    Files.delete(file);
    for (FileStatus status : found) {
      assertEquals(new FsPermission((short) 0740), status.getPermission());
      assertEquals(owner, status.getOwner());
      assertEquals(4, status.getLen());
    }
  }
}
