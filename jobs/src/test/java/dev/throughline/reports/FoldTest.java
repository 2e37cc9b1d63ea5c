package dev.throughline.reports;

import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.model.Journeys;
import dev.throughline.table.Field;
import dev.throughline.testing.TestSession;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Which names are folded, by hand. */
class FoldTest {
  private static final Field DAY = Field.required("of_day", StringType, "A day.");
  private static final Field NAME = Field.required("name", StringType, "A name.");
  private static final Field PEOPLE = Field.optional("people", LongType, "People of it.");
  private static final Field EVENTS = Field.required("events", LongType, "What adds up.");
  private static final int LEAST = 5;

  private static final Fold DISJOINT = Fold.disjoint(List.of(DAY), NAME, sum(PEOPLE.col()));
  private static final Fold OVERLAPPING = Fold.overlapping(List.of(DAY), NAME, sum(PEOPLE.col()));

  /** Rows such as "a 4": a name and its people, each on the day x unless another is named. */
  private static Dataset<Row> rows(String... lines) {
    StructType schema =
        new StructType(
            new StructField[] {
              DAY.structField(), NAME.structField(), PEOPLE.structField(), EVENTS.structField()
            });
    List<Row> rows =
        Arrays.stream(lines)
            .map(line -> line.split(" "))
            .map(
                cells ->
                    RowFactory.create(
                        cells.length > 2 ? cells[2] : "x",
                        cells[0],
                        cells[1].equals("-") ? null : Long.valueOf(cells[1]),
                        7L))
            .toList();
    return TestSession.get().createDataFrame(rows, schema);
  }

  /** The names that keep their own, after it was looked that no row and no event is lost. */
  private static Set<String> kept(Fold fold, String... lines) {
    Dataset<Row> rows = rows(lines);
    List<Row> folded = fold.names(rows, LEAST).collectAsList();
    assertEquals(List.of(rows.columns()), List.of(fold.names(rows, LEAST).columns()));
    assertEquals(lines.length * 7L, folded.stream().mapToLong(row -> row.getAs("events")).sum());
    Set<String> kept = new TreeSet<>();
    for (Row row : folded) {
      String name = row.getAs("name");
      if (!name.equals(Journeys.TOO_FEW)) {
        kept.add(row.getAs("of_day").equals("x") ? name : name + " " + row.getAs("of_day"));
      }
    }
    return kept;
  }

  @Test
  void fewerThanTheLeastAreFoldedAndTheLeastAreNot() {
    assertEquals(Set.of("c", "d"), kept(DISJOINT, "a 4", "b 1", "c 5", "d 50"));
    assertEquals(Set.of("c", "d"), kept(DISJOINT, "a 4", "b 4", "c 5", "d 6"));
  }

  @Test
  void nothingFewNothingFolded() {
    assertEquals(Set.of("a", "b"), kept(DISJOINT, "a 5", "b 6"));
    assertEquals(Set.of("a", "b"), kept(OVERLAPPING, "a 5", "b 6"));
  }

  @Test
  void whatIsAloneTakesTheNextSmallestAlong() {
    assertEquals(Set.of("d"), kept(DISJOINT, "a 4", "c 6", "d 50"));
  }

  @Test
  void soDoSeveralThatAreFewTogether() {
    assertEquals(Set.of("d"), kept(DISJOINT, "a 1", "b 2", "c 6", "d 50"));
    assertEquals(Set.of("c", "d"), kept(DISJOINT, "a 1", "b 2", "c 6", "d 50", "e 2"));
  }

  /** Behind a and b may be the same four people. */
  @Test
  void peopleOfSeveralNamesCountOnceWhereTheyMayBeTheSame() {
    assertEquals(Set.of("d"), kept(OVERLAPPING, "a 4", "b 4", "c 5", "d 6"));
  }

  @Test
  void whereAllAreFewAllAreFolded() {
    assertEquals(Set.of(), kept(DISJOINT, "a 4", "b 4"));
    assertEquals(Set.of(), kept(DISJOINT, "a 4"));
    assertEquals(Set.of(), kept(OVERLAPPING, "a 1", "b 2"));
    assertEquals(Set.of(), kept(DISJOINT, "a 4", "b 5"), "one that is left would tell the other");
  }

  @Test
  void ofEqualsTheFirstByNameIsTaken() {
    assertEquals(Set.of("c", "d"), kept(DISJOINT, "d 5", "c 5", "a 1", "b 5"));
    assertEquals(Set.of("c", "d"), kept(DISJOINT, "a 1", "b 5", "c 5", "d 5"));
  }

  @Test
  void peopleOfANameAreThoseOfItsRowsAndUnknownOnesAreNone() {
    assertEquals(Set.of("a", "c"), kept(DISJOINT, "a 2", "a 3", "b 4", "c 9", "d 2", "d 2", "b -"));
    assertEquals(Set.of("d"), kept(DISJOINT, "a -", "c 9", "d 10"));
  }

  @Test
  void daysAreFoldedEachByItself() {
    assertEquals(Set.of("a", "b", "a y"), kept(DISJOINT, "a 5", "b 5", "a 9 y", "b 2 y", "c 3 y"));
  }

  @Test
  void noRowsAreNoProblem() {
    assertEquals(Set.of(), kept(DISJOINT));
  }
}
