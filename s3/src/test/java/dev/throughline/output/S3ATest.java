package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.output.SmallNight.Seen;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing and the lease, on S3A. */
class S3ATest {
  private static final int ROUNDS = 40;
  private static final int TAKERS = 4;
  private static final int REPLACEMENTS = 100;

  private static @TempDir java.nio.file.Path buffers;
  private static S3Server server;
  private static FileSystem files;
  private static SmallNight night;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(buffers);
    files = FileSystem.newInstance(S3Server.bucket().toUri(), server.hadoop());
    night = new SmallNight(files, S3Server.bucket());
  }

  @AfterAll
  static void stop() throws Exception {
    files.close();
    server.stop();
  }

  @ParameterizedTest
  @EnumSource(Crash.Kind.class)
  void readersFindEveryFileWholeWhereverItCrashes(Crash.Kind kind) throws Exception {
    SmallNight.Sweep sweep = night.sweep(kind, CrashingS3.register(server.hadoop()));
    System.out.printf("S3A, %s: %s%n", kind, sweep);
    assertEquals(0, sweep.torn());
  }

  @Test
  void ofSeveralWhoWantTheLeaseOneHasIt() throws Exception {
    List<Integer> winners =
        night.winners(
            ROUNDS,
            TAKERS,
            () -> {
              Configuration own = server.hadoop();
              own.set("fs.s3a.impl.disable.cache", "true");
              return own;
            });
    System.out.printf("S3A, winners %s%n", winners);
    assertEquals(Collections.nCopies(ROUNDS, 1), winners);
  }

  @Test
  void aReaderSeesOneFileAtEveryMoment() throws Exception {
    Map<Seen, Long> seen = PolledFile.replace(night, REPLACEMENTS, Replace::file);
    System.out.printf("S3A, %d replacements under a reader: %s%n", REPLACEMENTS, seen);
    assertEquals(Set.of(Seen.OLD, Seen.NEW), seen.keySet(), "whole, and both were read");
  }
}
