package dev.throughline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementTest {
  @TempDir private Path folder;

  private static Results results(double credit, double count) {
    Results results = new Results();
    results.put(
        Results.CREDIT, List.of("2026-10-31", "campaign", "c01", "purchase", "linear"), credit);
    results.put(Results.FUNNEL, List.of("2026-10-31", "c01"), count);
    return results;
  }

  @Test
  void creditMayDifferByRoundingAndCountsNotAtAll() {
    Results one = results(100, 7);
    assertEquals(List.of(), Agreement.differences(one, results(100 + 9e-8, 7)));
    assertEquals(1, Agreement.differences(one, results(100 + 2e-7, 7)).size());
    assertEquals(1, Agreement.differences(one, results(100, 7 + 1e-9)).size());
    assertEquals(1, Agreement.differences(one, results(100, Double.NaN)).size());
  }

  @Test
  void aRowOfZerosIsTheSameAsNone() {
    assertEquals(1, Agreement.differences(results(100, 7), results(100, 0)).size());
    assertEquals(List.of(), Agreement.differences(results(0, 0), new Results()));
  }

  @Test
  void resultsSurviveAFile() throws Exception {
    Results written = results(1.0 / 3, 7);
    written.write(folder.resolve("results"));
    Results read = Results.read(folder.resolve("results"));
    assertEquals(List.of(), Agreement.differences(written, read));
    assertEquals(2, read.rows().size());
  }
}
