package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import dev.throughline.testing.MemoryDisk;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs, Spark's tasks included, that crash at random steps before they publish (at each, if
 * as many are asked for), one after another on the same path: what is published stays as it is, and
 * a run that lives to its end publishes what one does that none crashed before.
 */
class CrashedRunTest {
  private static final int CRASHES = Integer.getInteger("throughline.test.crashes", 4);
  private static final long SEED = 20261031;

  @TempDir(factory = MemoryDisk.class)
  Path temp;

  private List<String> settings;
  private final AtomicLong stepsBeforePublishing = new AtomicLong();

  @AfterEach
  void noCrash() {
    Crash.set(Crash.none());
  }

  /** The way of large logs: Spark's tasks write results and tables. */
  @Test
  void whatIsPublishedStaysUntilPublishing() throws IOException {
    settings = List.of("--set", "throughline.spark.\"spark.sql.adaptive.enabled\"=true");
    publishedStays(100);
  }

  /** The way of small ones: few rows stay on the driver, and the driver writes tables. */
  @Test
  void whatIsPublishedStaysWhenTheDriverWrites() throws IOException {
    settings = List.of();
    publishedStays(20);
  }

  private void publishedStays(long leastSteps) throws IOException {
    CrashingFiles.register(TestSession.get().sparkContext().hadoopConfiguration(), false);
    LogFixture log = LogFixture.standard(temp);
    Path root = temp.resolve("crashed");
    Path whole = temp.resolve("whole");
    run(0, log, root);
    run(0, log, whole);
    Map<String, Integer> old = tables(root);
    assertEquals(2, old.size(), old::toString);
    log.write(LogFixture.rows("2026-10-31|e30|2026-10-31 12:00:00|hover||u1|c1|||"));
    Crash counted = Crash.set(Crash.none());
    run(0, log, whole);
    Map<String, Integer> undisturbed = tables(whole);
    assertNotEquals(old, undisturbed);
    long before = stepsBeforePublishing.get();
    assertTrue(before > leastSteps && before < counted.steps(), before + " of " + counted.steps());

    int changed = 0;
    Random random = new Random(SEED);
    boolean each = CRASHES >= before;
    long crashes = each ? before : CRASHES;
    for (int i = 0; i < crashes; i++) {
      long at = 1 + (each ? i : (long) (random.nextDouble() * before));
      Crash.set(at, Crash.Kind.HALTED);
      int code = run(-1, log, root);
      Crash.set(Crash.none());
      assertTrue(code == 1 || code == 5, "exit code " + code + " at step " + at);
      changed += old.equals(tables(root)) ? 0 : 1;
    }
    System.out.printf(
        "Crashed runs: %d of %d steps before publishing, %d changed what was published%n",
        crashes, before, changed);
    assertEquals(0, changed);
    run(0, log, root);
    assertEquals(undisturbed, tables(root));
    assertFalse(Files.exists(root.resolve("_staging")), "what the crashed left is gone");
  }

  /** Runs the day; the expected exit code, or -1 for any. */
  private int run(int expected, LogFixture log, Path root) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--reports",
                "data_quality,campaign_actions",
                "--set",
                "throughline.audit.max-rejected-share=1",
                "--set",
                "throughline.output.path=" + CrashingFiles.SCHEME + "://" + root));
    arguments.addAll(settings);
    Outcome outcome =
        log.run(
            line -> {
              if (line.endsWith("s  publish …")) {
                stepsBeforePublishing.set(Crash.stepsSoFar());
              }
            },
            arguments.toArray(String[]::new));
    assertTrue(expected == -1 || outcome.code() == expected, outcome.all());
    return outcome.code();
  }

  /** Digests of what readers see. */
  private static Map<String, Integer> tables(Path root) throws IOException {
    Map<String, Integer> tables = new TreeMap<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        // The history grows by each run.
        if (!name.startsWith("_") && !name.startsWith(Restatements.TABLE.name())) {
          tables.put(name, Arrays.hashCode(Files.readAllBytes(file)));
        }
      }
    }
    return tables;
  }
}
