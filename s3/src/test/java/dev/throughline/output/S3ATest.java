package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.output.SmallNight.Seen;
import dev.throughline.testing.TestClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishing and the lease, on S3A. */
class S3ATest {
  private static final int ROUNDS = Integer.getInteger("throughline.test.rounds", 40);
  private static final int TAKERS = 4;
  private static final int REPLACEMENTS = 100;

  private static @TempDir java.nio.file.Path buffers;
  private static S3Server server;
  private static FileSystem files;
  private static FileSystem crashing;
  private static SmallNight night;

  private final TestClock clock = new TestClock();

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(buffers);
    files = FileSystem.newInstance(S3Server.bucket().toUri(), server.hadoop());
    // Hadoop keeps one for all who do not ask for one of their own: the warehouses of these tests.
    crashing = FileSystem.get(S3Server.bucket().toUri(), CrashingS3.register(server.hadoop()));
    night = new SmallNight(files, S3Server.bucket());
  }

  @AfterAll
  static void stop() throws Exception {
    crashing.close();
    files.close();
    server.stop();
  }

  @AfterEach
  void noCrash() {
    Crash.set(Crash.none());
    CrashingS3.gate = key -> {};
    CrashingS3.READABLE.set(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"HALTED,1", "DONE_BUT_FAILED,4"})
  void readersFindEveryFileWholeWhereverItCrashes(Crash.Kind kind, int every) throws Exception {
    SmallNight.Sweep sweep = night.sweep(kind, every, crashing.getConf());
    System.out.printf(
        "S3A, %s: %d crash points, %d went on to the end, seen %s, %d torn reads%n",
        kind, sweep.points(), sweep.survived(), sweep.seen(), sweep.torn());
    assertEquals(0, sweep.torn());
    assertTrue(sweep.seen().get(Seen.NEW) > 0, "some crash after the files were replaced");
  }

  @Test
  void aReaderFindsOneFileAtEveryMoment() throws Exception {
    Map<Seen, Long> seen = PolledFile.replace(night, REPLACEMENTS, Replace::file);
    System.out.printf("S3A, %d replacements under a reader: %s%n", REPLACEMENTS, seen);
    // Who opens a file while it is replaced may have to open it again.
    seen.remove(Seen.REPLACED);
    assertEquals(Set.of(Seen.OLD, Seen.NEW), seen.keySet(), "whole, and both were read");
  }

  /** Why files are not renamed over others there. */
  @Test
  void aRenameOverAFileLeavesNoneForAWhile() throws Exception {
    Map<Seen, Long> seen =
        PolledFile.replace(
            night,
            REPLACEMENTS,
            (warehouse, staged, target) ->
                FileContext.getFileContext(target.toUri(), warehouse.hadoop())
                    .rename(staged, target, Rename.OVERWRITE));
    System.out.printf("S3A, %d renames under a reader: %s%n", REPLACEMENTS, seen);
    assertFalse(seen.containsKey(Seen.OTHER), "a file that is found is whole");
    assertTrue(seen.containsKey(Seen.NONE), "Hadoop can do better by now; so could Replace");
  }

  @Test
  void aFileThatCannotBeReadToItsEndReplacesNothing() throws Exception {
    Path target = night.warehouse(night.root("cut")).published("table", SmallNight.DAYS.get(0));
    Path staged = night.root("cut/_staging/run/part");
    night.write(target, "old");
    night.write(staged, "new".repeat(50_000));
    CrashingS3.READABLE.set(60_000);
    assertThrows(
        IOException.class, () -> Replace.file(night.warehouse(night.root("cut")), staged, target));
    CrashingS3.READABLE.set(Long.MAX_VALUE);
    assertEquals("old", SmallNight.read(files, target));
    Replace.file(night.warehouse(night.root("cut")), staged, target);
    assertEquals("new".repeat(50_000), SmallNight.read(files, target));
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
    long both = winners.stream().filter(won -> won > 1).count();
    System.out.printf(
        "S3A, %d takers: %d rounds, in %d of them more than one had the lease%n",
        TAKERS, ROUNDS, both);
    assertEquals(Collections.nCopies(ROUNDS, 1), winners);
  }

  /** Why a lease is claimed there before it is taken. */
  @Test
  void twoCanCreateOneName() throws Exception {
    Path name = night.root("name");
    try (OutputStream one = files.create(name, false);
        OutputStream two = files.create(name, false)) {
      one.write("one".getBytes(StandardCharsets.UTF_8));
      two.write("two".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals("one", SmallNight.read(files, name), "closed last");
  }

  @Test
  void whoIsSlowToWriteALeaseThatItClaimedHasItAlone() throws Exception {
    Path root = night.root("slow");
    Duration length = Duration.ofSeconds(30);
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CrashingS3.gate =
        key -> {
          if (key.endsWith("_lease/1.json")) {
            arrived.countDown();
            await(goOn);
          }
        };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Lease> slow =
          thread.submit(() -> Lease.take(night.warehouse(root), holder("slow"), length, clock));
      await(arrived);
      Warehouse other = night.warehouse(root);
      ThroughlineException refused =
          assertThrows(
              ThroughlineException.class, () -> Lease.take(other, holder("fast"), length, clock));
      assertEquals(ErrorKind.LEASE, refused.kind());
      assertTrue(refused.getMessage().contains("run slow of "), refused::getMessage);
      goOn.countDown();
      slow.get(60, TimeUnit.SECONDS).confirm();
      // It died with a claim or without: when that is over, the next has it.
      clock.pass(length);
      Lease.take(other, holder("fast"), length, clock).confirm();
      assertThrows(ThroughlineException.class, slow.get()::confirm);
    } finally {
      goOn.countDown();
      thread.shutdownNow();
    }
  }

  private static Holder holder(String run) {
    return new Holder(run, "etl", "host-" + run, 1, "machine", "1");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
