package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.output.SmallNight.Seen;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
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
    assertEquals(Set.of(Seen.OLD, Seen.NEW), seen.keySet(), "whole, and both were read");
  }
}
