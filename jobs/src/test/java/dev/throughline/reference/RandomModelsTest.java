package dev.throughline.reference;

import static dev.throughline.reference.NaiveJourneys.NOBODY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.reference.RandomVariants.Variant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two hundred random logs: models that learn, and comparisons of models, against a naive count. */
class RandomModelsTest {
  private static final String VARIANTS = "dev.throughline.reference.RandomVariants#all";

  private static void assertSame(
      Variant variant, Cells expected, int cells, String table, String key, List<String> columns) {
    System.out.printf("%s, %s: %,d cells%n", variant, table, expected.size());
    assertTrue(expected.size() > cells, "only " + expected.size() + " cells");
    Cells.assertEqual(expected, variant.published(table, List.of(key.split(", ", -1)), columns));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void chainsAreTheNaiveOnes(Variant variant) {
    assertSame(
        variant,
        variant.learning().transitions,
        40_000,
        "markov_transitions",
        "day, dimension, action, model, from, to",
        NaiveLearning.TRANSITIONS);
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void effectsAreTheNaiveOnes(Variant variant) {
    assertSame(
        variant,
        variant.learning().effects,
        40_000,
        "removal_effects",
        "day, dimension, action, model, member",
        NaiveLearning.EFFECTS);
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void positionsAreTheNaiveOnes(Variant variant) {
    assertSame(
        variant,
        variant.learning().positions,
        3_000,
        "shapley_positions",
        "day, dimension, member, action, position",
        NaiveLearning.POSITIONS);
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void comparisonIsTheNaiveOne(Variant variant) {
    Cells comparison =
        NaiveComparison.of(
            variant.rules,
            variant.naive.attribution(),
            variant.learning().attribution,
            variant.naive.attribution("last_touch"));
    assertSame(
        variant,
        comparison,
        20_000,
        "attribution_comparison",
        String.join(", ", NaiveComparison.KEY),
        NaiveComparison.columns());
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void modelsOfTheConfigurationAreComparedByTheCreditOfAttribution(Variant variant) {
    List<String> own =
        variant.rules.learning().models().stream()
            .filter(RandomModels.CUSTOM::containsKey)
            .toList();
    Map<String, BigDecimal> credited = new HashMap<>();
    for (Row row : variant.run().rows("attribution")) {
      if (own.contains(row.<String>getAs("model"))) {
        String key = member(row) + " | " + row.getAs("model");
        credited.put(key, row.getAs("credited_conversions"));
      }
    }
    assertTrue(credited.size() > 1_000, "only " + credited.size() + " amounts");
    for (Row row : variant.run().rows("attribution_comparison")) {
      List<String> models = new ArrayList<>();
      for (Row model : row.<Row>getList(row.fieldIndex("custom_models"))) {
        models.add(model.getAs("model"));
        BigDecimal there = credited.remove(member(row) + " | " + model.getAs("model"));
        BigDecimal amount = model.getAs("credit");
        assertEquals(0, amount.compareTo(there == null ? BigDecimal.ZERO : there), row.toString());
      }
      assertEquals(own, models);
    }
    assertEquals(Map.of(), credited, "credit that is not compared");
  }

  private static String member(Row row) {
    return Cells.key(row.get(0), row.getAs("dimension"), row.getAs("member"), row.getAs("action"));
  }

  @ParameterizedTest
  @MethodSource(VARIANTS)
  void whatOverlapsIsTooSmallToRank(Variant variant) {
    Map<String, List<Row>> groups = new HashMap<>();
    for (Row row : variant.run().rows("attribution")) {
      boolean ranks = row.getAs("share_low") != null && !row.getAs("member").equals(NOBODY);
      if (ranks) {
        String group = Cells.key(row.get(0), row.get(1), row.getAs("action"), row.getAs("model"));
        groups.computeIfAbsent(group, key -> new ArrayList<>()).add(row);
      } else {
        assertNull(row.getAs("too_small_to_rank"), row.toString());
      }
    }
    long tooSmall = 0;
    long distinct = 0;
    for (List<Row> group : groups.values()) {
      for (Row row : group) {
        boolean overlaps = group.stream().anyMatch(other -> other != row && overlap(row, other));
        assertEquals(overlaps, row.<Boolean>getAs("too_small_to_rank"), row.toString());
        tooSmall += overlaps ? 1 : 0;
        distinct += overlaps ? 0 : 1;
      }
    }
    assertTrue(tooSmall > 100 && distinct > 10, tooSmall + " overlap, " + distinct + " do not");
  }

  private static boolean overlap(Row one, Row other) {
    return one.<Double>getAs("share_low") <= other.<Double>getAs("share_high")
        && other.<Double>getAs("share_low") <= one.<Double>getAs("share_high");
  }
}
