package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run at a time holds the lease; who is silent for too long, or dead, loses it. */
class LeaseTest {
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final Holder ELSEWHERE = elsewhere("elsewhere");

  private final TestClock clock = new TestClock();

  @TempDir Path folder;

  private Warehouse warehouse() {
    return new Warehouse(folder.toString(), new Configuration());
  }

  private static Holder elsewhere(String run) {
    return new Holder(run, "etl", "other-host", 4711, "another machine", "1");
  }

  private Lease take(Holder holder) {
    return Lease.take(warehouse(), holder, LENGTH, clock);
  }

  private Lease take(String run) {
    return take(Holder.own(run));
  }

  private static ThroughlineException refused(Runnable work) {
    ThroughlineException refusal = assertThrows(ThroughlineException.class, work::run);
    assertEquals(ErrorKind.LEASE, refusal.kind(), refusal::getMessage);
    return refusal;
  }

  private static void assertSays(String expected, ThroughlineException refusal) {
    assertTrue(refusal.getMessage().contains(expected), refusal::getMessage);
  }

  @Test
  void theSecondIsToldWhoIsFirst() {
    try (Lease first = take("one")) {
      clock.pass(Duration.ofMinutes(2));
      first.beat();
      Map<String, String> before = LogFixture.tree(folder);
      ThroughlineException refusal = refused(() -> take("two"));
      assertSays("run one of " + System.getProperty("user.name") + " on ", refusal);
      assertSays(", process " + ProcessHandle.current().pid() + " has held it since ", refusal);
      assertSays("since 2026-11-01T03:00:00Z, was last heard of at 2026-11-01T03:02:00Z", refusal);
      assertSays("holds it until 2026-11-01T03:12:00Z unless", refusal);
      assertSays("Nothing was written. Run again when it has ended", refusal);
      assertEquals(before, LogFixture.tree(folder));
      first.confirm();
    }
    take("two").close();
  }

  @Test
  void whatIsNotRenewedIsTakenOverAndWhatIsRenewedIsNot() {
    Lease slow = take(ELSEWHERE);
    clock.pass(LENGTH.minusMillis(1));
    refused(() -> take("two"));
    slow.beat();
    clock.pass(LENGTH.minusMillis(1));
    refused(() -> take("two"));
    clock.pass(Duration.ofMillis(1));
    assertSays("it was not renewed before 2026-11-01T03:19:59.999Z", refused(slow::require));
    try (Lease second = take("two")) {
      // The first neither gets it back nor disturbs the second.
      assertSays("This run, elsewhere, has lost its lease of " + folder, refused(slow::confirm));
      slow.beat();
      slow.close();
      second.confirm();
      refused(() -> take("three"));
    }
  }

  @Test
  void whoseLeaseWasTakenPublishesNothing() throws IOException {
    Path staged = Files.writeString(folder.resolve("staged"), "new");
    Path there = Files.writeString(folder.resolve("there"), "old");
    Lease slow = take(ELSEWHERE);
    clock.pass(LENGTH);
    Lease second = take("two");
    // It was stopped so long that its own time seems to last.
    clock.pass(LENGTH.negated());
    slow.require();
    assertSays("run two of", refused(slow::confirm));
    Publication publication = new Publication(warehouse(), slow::require);
    publication.move(hadoop(staged), hadoop(there));
    refused(
        () -> {
          try {
            publication.run();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertEquals("old", Files.readString(there));
    second.close();
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  @Test
  void aLeaseThatWasRemovedByHandIsLost() throws IOException {
    Lease lease = take("one");
    try (var files = Files.list(folder.resolve("_lease"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertSays("it was removed", refused(lease::confirm));
  }

  @Test
  void aDeadProcessOfThisMachineHoldsNothing() throws Exception {
    Process cat = new ProcessBuilder("cat").start();
    Lease held = take(Holder.of("one", cat.pid()));
    refused(() -> take("two"));
    cat.destroyForcibly().waitFor();
    Lease second = take("two");
    assertSays("run two of", refused(held::confirm));
    second.close();
    // The same pid, of a process that was started at another time; and another machine's.
    Holder own = Holder.own("three");
    take(new Holder("three", own.user(), own.host(), own.pid(), own.processes(), "1"));
    Lease four = take("four");
    four.close();
    take(new Holder("five", own.user(), own.host(), own.pid(), "another machine", "1"));
    refused(() -> take("six"));
  }

  @Test
  void aFileThatCannotBeReadCountsForItsTime() throws IOException {
    Path file = Files.createDirectories(folder.resolve("_lease")).resolve("7.json");
    Files.writeString(file, "{ \"run\" : ");
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    clock.pass(LENGTH.minusMillis(1));
    assertSays(
        "7.json cannot be read, and counts until 2026-11-01T03:10:00Z", refused(() -> take("two")));
    clock.pass(Duration.ofMillis(1));
    take("two").close();
    assertTrue(Files.exists(folder.resolve("_lease/8.json")));
    assertFalse(Files.exists(file));
  }

  @Test
  void aSlowTakerFindsItsNumberTaken() throws IOException {
    // Each lease was given back; the slow taker read the first, and creates the number after it.
    take("one").close();
    take("two").close();
    take("three").close();
    LeaseFolder leases = new LeaseFolder(warehouse());
    assertEquals(3, leases.last());
    LeaseNote note = leases.read(3).orElseThrow();
    assertTrue(note.released());
    assertFalse(leases.create(3, note), "a number is taken once");
    // A number that was cleared away can be had, but is not the highest; the next clears it away.
    assertTrue(leases.create(2, note));
    assertEquals(3, leases.last());
    take("four").close();
    assertEquals(
        List.of("", "4.json"), List.copyOf(LogFixture.tree(folder.resolve("_lease")).keySet()));
  }

  @Test
  void ofManyOneTakesIt() throws Exception {
    int takers = 6;
    CyclicBarrier barrier = new CyclicBarrier(takers);
    ExecutorService threads = Executors.newFixedThreadPool(takers);
    try {
      for (int round = 0; round < 50; round++) {
        List<Callable<String>> work = new ArrayList<>();
        for (int i = 0; i < takers; i++) {
          String run = "run-" + round + "-" + i;
          work.add(
              () -> {
                barrier.await();
                try {
                  take(elsewhere(run));
                  return run;
                } catch (ThroughlineException e) {
                  return e.getMessage();
                }
              });
        }
        List<String> said = new ArrayList<>();
        for (Future<String> each : threads.invokeAll(work)) {
          said.add(each.get());
        }
        List<String> winners = said.stream().filter(text -> text.startsWith("run-")).toList();
        assertEquals(1, winners.size(), said::toString);
        said.removeAll(winners);
        said.forEach(text -> assertTrue(text.contains(": run " + winners.get(0) + " of "), text));
        // Given up by none: the next round takes over what expired.
        clock.pass(LENGTH);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aThreadRenewsItUntilItIsClosed() throws Exception {
    CountDownLatch beats = new CountDownLatch(3);
    clock.onLook(
        () -> {
          if (Thread.currentThread().getName().equals("throughline-lease")) {
            clock.pass(Duration.ofMillis(1));
            beats.countDown();
          }
        });
    Lease lease = Lease.hold(warehouse(), "one", Duration.ofSeconds(1), clock);
    assertTrue(beats.await(60, TimeUnit.SECONDS), "it beats");
    lease.close();
    LeaseNote note = new LeaseFolder(warehouse()).read(1).orElseThrow();
    assertTrue(note.released());
    assertTrue(note.heartbeat().isAfter(note.since()));
  }
}
