package dev.throughline.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Draws are Poisson numbers of mean 1, independent of each other and the same for a person always.
 */
class ResamplesTest {
  private static final int PEOPLE = 100_000;

  @Test
  void drawsArePoissonOfMeanOne() {
    Resamples resamples = new Resamples(8);
    long[] times = new long[4];
    double sum = 0;
    double squares = 0;
    for (int person = 0; person < PEOPLE; person++) {
      for (int draws : resamples.of("user-" + person)) {
        sum += draws;
        squares += (double) draws * draws;
        times[Math.min(draws, 3)]++;
      }
    }
    double n = 8.0 * PEOPLE;
    // Three standard errors of a mean of 800,000 draws, and of their variance.
    assertEquals(1, sum / n, 3 * Math.sqrt(1 / n));
    assertEquals(1, squares / n - Math.pow(sum / n, 2), 3 * Math.sqrt(3 / n));
    double[] expected = {Math.exp(-1), Math.exp(-1), Math.exp(-1) / 2, 1 - 2.5 * Math.exp(-1)};
    for (int k = 0; k < 4; k++) {
      assertEquals(expected[k], times[k] / n, 0.0025, k + " draws");
    }
  }

  @Test
  void resamplesAndPeopleDoNotKnowOfEachOther() {
    Resamples resamples = new Resamples(2);
    double products = 0;
    double neighbours = 0;
    int before = 0;
    for (int person = 0; person < PEOPLE; person++) {
      int[] draws = resamples.of(Integer.toString(person));
      products += (draws[0] - 1) * (draws[1] - 1);
      neighbours += (draws[0] - 1) * (before - 1);
      before = draws[0];
    }
    double error = 4 / Math.sqrt(PEOPLE);
    assertTrue(Math.abs(products / PEOPLE) < error, "correlated resamples");
    assertTrue(Math.abs(neighbours / PEOPLE) < error, "correlated people");
  }

  @Test
  void aPersonIsDrawnAlike() {
    int[] first = new Resamples(64).of("ann").clone();
    Resamples again = new Resamples(64);
    again.of("bob");
    assertArrayEquals(first, again.of("ann"));
  }
}
