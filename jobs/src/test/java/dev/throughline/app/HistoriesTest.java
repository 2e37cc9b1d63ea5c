package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.TestSession;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever runs came before, a run over what they kept has the sums of a run from scratch.
 *
 * <p>A history runs the parts below the command line, over a store in memory, so that hundreds can
 * be tried: the system property throughline.histories says how many.
 */
class HistoriesTest {
  private static final int HISTORIES = Integer.getInteger("throughline.histories", 32);
  private static final long SEED = Long.getLong("throughline.histories.seed", 1);

  /** Among so many histories at least one shows each fault; the rarest is soon found from here. */
  private static final int UNTIL_FOUND = 60;

  private static final long FAULTS_FROM = 31;

  private static final Map<String, String> FOR_FEW_ROWS =
      Map.of(
          "spark.sql.shuffle.partitions", "1",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");
  private static final Map<String, String> BEFORE = new HashMap<>();

  @BeforeAll
  static void forFewRows() {
    RuntimeConfig session = TestSession.get().conf();
    FOR_FEW_ROWS.forEach(
        (key, value) -> {
          BEFORE.put(key, session.get(key));
          session.set(key, value);
        });
  }

  @AfterAll
  static void asBefore() {
    BEFORE.forEach(TestSession.get().conf()::set);
  }

  @Test
  void anySequenceOfRunsGivesTheSumsOfARunFromScratch() {
    int runs = 0;
    int days = 0;
    int sums = 0;
    int kept = 0;
    int snapshots = 0;
    for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
      History history = History.of(seed, PlantedFault.NONE);
      History.Result result = history.run();
      if (result.difference() != null) {
        History least = history.shrunk();
        assertNull(least.run().difference(), () -> least.toString());
      }
      runs += result.runs();
      days += result.daysCompared();
      sums += result.sums();
      kept += result.keptDays();
      snapshots += result.snapshots();
    }
    System.out.printf(
        "%d histories, %d runs, %d days and %d sums compared; %d days taken from kept ones, %d snapshots%n",
        HISTORIES, runs, days, sums, kept, snapshots);
    assertTrue(days > HISTORIES && sums > 50 * days, days + " days, " + sums + " sums");
    assertTrue(kept > HISTORIES && 5 * snapshots > HISTORIES, kept + " days, " + snapshots);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aFaultThatIsPlantedIsFound(PlantedFault fault) {
    long seed = FAULTS_FROM;
    while (seed < FAULTS_FROM + UNTIL_FOUND && History.of(seed, fault).run().difference() == null) {
      seed++;
    }
    System.out.printf("%s: found by history %d%n", fault, seed);
    assertTrue(seed < FAULTS_FROM + UNTIL_FOUND, fault + " was not found");
    assertEquals(null, History.of(seed, PlantedFault.NONE).run().difference());
  }
}
