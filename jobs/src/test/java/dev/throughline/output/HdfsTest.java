package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.output.SmallNight.Seen;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.test.GenericTestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing and the lease, on a namenode and a datanode of HDFS. */
class HdfsTest {
  private static final int ROUNDS = 20;
  private static final int TAKERS = 4;
  private static final int REPLACEMENTS = 200;

  private static @TempDir java.nio.file.Path disk;
  private static MiniDFSCluster cluster;
  private static FileSystem files;
  private static SmallNight night;

  @BeforeAll
  static void start() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    // A file is closed when its block was reported; by default the client asks again after 400 ms.
    hadoop.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");
    // Blocks of replaced files are removed every second, by default every three; a reader who
    // misses one asks for another place of it at once, by default after up to 3 s.
    hadoop.set("dfs.namenode.redundancy.interval.seconds", "1");
    hadoop.set("dfs.heartbeat.interval", "1");
    hadoop.set("dfs.client.retry.window.base", "5");
    cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build();
    cluster.waitActive();
    files = cluster.getFileSystem();
    night = new SmallNight(files, new Path(files.getUri() + "/"));
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.shutdown(true);
  }

  private static Configuration hadoop() {
    return new Configuration(files.getConf());
  }

  @ParameterizedTest
  @EnumSource(Crash.Kind.class)
  void readersFindEveryFileWholeWhereverItCrashes(Crash.Kind kind) throws IOException {
    SmallNight.Sweep sweep = night.sweep(kind, 1, CrashingHdfs.register(hadoop()));
    System.out.printf(
        "HDFS, %s: %d crash points, %d torn reads%n", kind, sweep.points(), sweep.torn());
    assertEquals(0, sweep.torn());
  }

  @Test
  void ofSeveralWhoWantTheLeaseOneHasIt() throws Exception {
    List<Integer> winners =
        night.winners(
            ROUNDS,
            TAKERS,
            () -> {
              Configuration own = hadoop();
              own.set("fs.hdfs.impl.disable.cache", "true");
              return own;
            });
    assertEquals(Collections.nCopies(ROUNDS, 1), winners);
  }

  @Test
  void aReaderSeesOneFileAtEveryMoment() throws Exception {
    Map<Seen, Long> seen = PolledFile.replace(night, REPLACEMENTS, Replace::file);
    System.out.printf("HDFS, %d replacements under a reader: %s%n", REPLACEMENTS, seen);
    // Who is slow to read what was replaced may have to open it again.
    seen.remove(Seen.REPLACED);
    assertEquals(Set.of(Seen.OLD, Seen.NEW), seen.keySet(), "whole, and both were read");
  }

  @Test
  void whoIsSlowToReadAFileThatWasReplacedIsToldToOpenItAgain() throws Exception {
    Warehouse warehouse = night.warehouse(night.root("slow"));
    Path target = warehouse.published("table", SmallNight.DAYS.get(0));
    Path staged = new Path(warehouse.staging("run"), "part");
    night.write(target, "old");
    night.write(staged, "new");
    try (FSDataInputStream old = files.open(target)) {
      ExtendedBlock block = ((HdfsDataInputStream) old).getAllBlocks().get(0).getBlock();
      Replace.file(warehouse, staged, target);
      GenericTestUtils.waitFor(
          () -> !cluster.getDataNodes().get(0).getFSDataset().contains(block), 20, 60_000);
      IOException error = assertThrows(IOException.class, old::readAllBytes);
      assertTrue(PolledFile.tellsOfReplacement(error), error::toString);
      assertEquals("new", SmallNight.read(files, target));
    }
  }
}
