package dev.throughline.output;

import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  @TempDir Path folder;
  private FileSystem ours;
  private FileSystem hadoops;

  @BeforeEach
  void open() throws IOException {
    ours = initialized(new LocalFiles());
    hadoops = initialized(new LocalFileSystem());
  }

  private static FileSystem initialized(FileSystem files) throws IOException {
    files.initialize(java.net.URI.create("file:///"), new Configuration());
    return files;
  }

  @Test
  void tellsOfFilesWhatHadoopTells() throws IOException {
    Files.writeString(folder.resolve("a file"), "six by");
    Files.createDirectory(folder.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a file"));
    Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("nowhere"));
    for (String permissions : List.of("rwxr-x--x", "r--------", "rw-rw-rw-")) {
      Path file = Files.writeString(folder.resolve(permissions), permissions);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    List<String> told = described(ours);

    assertEquals(described(hadoops), told);
    assertEquals(6, told.size(), told.toString());
  }

  private List<String> described(FileSystem files) throws IOException {
    return Stream.of(files.listStatus(hadoop("")))
        .map(LocalFilesTest::described)
        .sorted()
        .collect(toList());
  }

  /** All that is told of a file; of a folder no length, which means nothing. */
  private static String described(FileStatus file) {
    return List.of(
            file.getPath(),
            file.isDirectory() ? "folder" : file.getLen(),
            file.getModificationTime(),
            file.getPermission(),
            file.getOwner(),
            file.getGroup(),
            file.getBlockSize(),
            file.getReplication())
        .toString();
  }

  @Test
  void givesFilesThePermissionsThatHadoopGives() throws IOException {
    for (FileSystem files : List.of(ours, hadoops)) {
      org.apache.hadoop.fs.Path root = hadoop(files.getClass().getSimpleName());
      files.mkdirs(new org.apache.hadoop.fs.Path(root, "made/inside"));
      files.create(new org.apache.hadoop.fs.Path(root, "made/file")).close();
      for (String mode : List.of("0700", "0641", "1777")) {
        org.apache.hadoop.fs.Path given = new org.apache.hadoop.fs.Path(root, "given" + mode);
        files.mkdirs(given);
        files.setPermission(given, new FsPermission(mode));
      }
    }

    assertEquals(permissions(hadoops), permissions(ours));
  }

  /** As Hadoop reads them, of all that one of the two has made. */
  private List<String> permissions(FileSystem maker) throws IOException {
    Path root = folder.resolve(maker.getClass().getSimpleName());
    try (Stream<Path> made = Files.walk(root)) {
      return made.map(file -> root.relativize(file) + " " + mode(file)).sorted().collect(toList());
    }
  }

  private static Object mode(Path file) {
    try {
      return Files.getAttribute(file, "unix:mode");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void saysThatAFileIsAbsent() throws IOException {
    Files.writeString(folder.resolve("file"), "no folder");
    for (FileSystem files : List.of(ours, hadoops)) {
      for (String absent : List.of("absent", "file/below")) {
        assertThrows(FileNotFoundException.class, () -> files.getFileStatus(hadoop(absent)));
      }
    }
  }

  @Test
  void startsNoProcess() throws IOException {
    assertEquals(0, processes(ours));
    assertTrue(processes(hadoops) > 3, "Hadoop needs no help any more");
  }

  private long processes(FileSystem files) throws IOException {
    Path recorded = folder.resolve(files.getClass().getSimpleName() + ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      org.apache.hadoop.fs.Path root = hadoop("by " + files.getClass().getSimpleName());
      files.mkdirs(root);
      files.create(new org.apache.hadoop.fs.Path(root, "file")).close();
      for (FileStatus status : files.listStatus(root)) {
        assertEquals(
            FsPermission.getFileDefault().applyUMask(FsPermission.getUMask(files.getConf())),
            status.getPermission());
      }
      recording.stop();
      recording.dump(recorded);
    }
    return RecordingFile.readAllEvents(recorded).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.ProcessStart"))
        .count();
  }

  private org.apache.hadoop.fs.Path hadoop(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }
}
