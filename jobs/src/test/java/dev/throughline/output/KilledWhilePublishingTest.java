package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.ChildJvm;
import dev.throughline.testing.MemoryDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that publishes is killed at random moments, by signal 9, while a reader polls: the
 * reader finds every file whole, old or new, and the next process takes the lease over.
 */
class KilledWhilePublishingTest {
  private static final int KILLS = Integer.getInteger("throughline.test.kills", 30);
  private static final int LATEST_MILLIS = 60;
  private static final long SEED = 20261031;

  private static @TempDir(factory = MemoryDisk.class) Path temp;

  private final Path root = temp.resolve("warehouse");
  private final Queue<String> torn = new ConcurrentLinkedQueue<>();

  @Test
  void readersFindEveryFileWhole() throws Exception {
    Versions versions = Versions.get();
    Path trees = temp.resolve("trees");
    versions.put(0, trees.resolve("0"));
    versions.put(1, trees.resolve("1"));
    versions.put(0, root);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    int between = 0;
    long reads;
    try {
      Future<Long> polling =
          reader.submit(
              () -> {
                long files = 0;
                while (!done.get()) {
                  files += look(versions);
                }
                return files;
              });
      Random random = new Random(SEED);
      for (int kill = 0; kill < KILLS; kill++) {
        killOne(trees, random.nextInt(LATEST_MILLIS));
        between += isBetweenVersions(versions) ? 1 : 0;
      }
      done.set(true);
      reads = polling.get(60, TimeUnit.SECONDS);
    } finally {
      done.set(true);
      reader.shutdownNow();
    }
    System.out.printf(
        "Killed while publishing: %d kills, %d of them between two files, %d reads, %d torn%n",
        KILLS, between, reads, torn.size());
    assertEquals(List.of(), List.copyOf(torn));
    assertTrue(between > KILLS / 10, between + " kills came in the middle of publishing");
    assertTrue(reads > 100L * KILLS, "the reader polled all the time");
    // Who comes next clears up, and nothing else is left.
    Warehouse warehouse = new Warehouse(root.toString(), new Configuration());
    try (Lease lease = Lease.hold(warehouse, "last", Duration.ofMinutes(10))) {
      assertEquals(1, warehouse.removeLeftovers().size());
      lease.confirm();
    }
    assertFalse(Files.exists(root.resolve("_staging")));
    try (Stream<Path> files = Files.walk(root)) {
      assertEquals(
          versions.size() + 1, files.filter(Files::isRegularFile).count(), "and the lease");
    }
  }

  private void killOne(Path trees, int millis) throws Exception {
    Path errors = temp.resolve("errors");
    Process child =
        ChildJvm.start(PublishingChild.class, errors, root.toString(), trees.toString());
    try (BufferedReader said = child.inputReader()) {
      assertEquals("publishing", said.readLine(), () -> read(errors));
      assertFalse(child.waitFor(millis, TimeUnit.MILLISECONDS), () -> read(errors));
    } finally {
      child.destroyForcibly();
      assertTrue(child.waitFor(60, TimeUnit.SECONDS));
    }
    assertEquals(128 + 9, child.exitValue(), () -> read(errors));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Reads everything once. */
  private int look(Versions versions) {
    for (String place : versions.places()) {
      Path file = root.resolve(place);
      try (Stream<Path> folder = Files.list(file.getParent())) {
        List<Path> found = folder.toList();
        if (!found.equals(List.of(file))) {
          torn.add("beside " + place + ": " + found);
        }
        byte[] bytes = Files.readAllBytes(file);
        if (!versions.is(0, place, bytes) && !versions.is(1, place, bytes)) {
          torn.add(place + ": " + bytes.length + " bytes that are neither old nor new");
        }
      } catch (IOException e) {
        torn.add(place + ": " + e);
      }
    }
    return versions.places().size();
  }

  /** Whether some files are of one version, and some of the other. */
  private boolean isBetweenVersions(Versions versions) throws IOException {
    boolean old = false;
    boolean young = false;
    for (String place : versions.places()) {
      byte[] bytes = Files.readAllBytes(root.resolve(place));
      old |= !versions.is(1, place, bytes);
      young |= !versions.is(0, place, bytes);
    }
    return old && young;
  }
}
