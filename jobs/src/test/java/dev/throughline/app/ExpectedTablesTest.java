package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import dev.throughline.output.Restatements;
import dev.throughline.reports.Guide;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.table.Field;
import dev.throughline.table.Table;
import dev.throughline.testing.DuckDb;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.TableCsv;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables that the committed sample gives for 2026-10-31 are those in data-samples/expected.
 *
 * <p>{@code mvn verify -Dtest=ExpectedTablesTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dthroughline.expected=write} writes them anew; read the diff before it is committed.
 */
class ExpectedTablesTest {
  private static final Path SAMPLES = Path.of("..", "data-samples");
  private static final boolean WRITE = "write".equals(System.getProperty("throughline.expected"));

  private static final int MOST_QUERIES = 90;
  private static final int MOST_JOBS = 110;

  @TempDir private static Path warehouse;
  private static LogFixture.Outcome outcome;

  @BeforeAll
  static void run() {
    outcome =
        LogFixture.execute(
            "run",
            "--date",
            "2026-10-31",
            "--set",
            "throughline.input.events.path=" + SAMPLES.resolve("events"),
            "--set",
            "throughline.input.campaigns.path=" + SAMPLES.resolve("campaigns.csv"),
            "--set",
            "throughline.input.spend.path=" + SAMPLES.resolve("spend.csv"),
            "--set",
            "throughline.output.path=" + warehouse);
    assertEquals(0, outcome.code(), outcome.all());
  }

  @Test
  void tablesAreTheExpectedOnes() throws IOException {
    List<String> differences = new ArrayList<>();
    for (Report report : Reports.ALL) {
      Table table = report.table();
      List<String> columns = table.fields().stream().map(Field::name).toList();
      List<String> found =
          TableCsv.lines(columns, read(table.name()).orderBy(table.keyColumns()).collectAsList());
      Path file = SAMPLES.resolve("expected").resolve(table.name() + ".csv");
      if (WRITE) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", found) + "\n");
      }
      List<String> key = table.key().stream().map(Field::name).toList();
      differences.addAll(TableCsv.differences(table.name(), key, Files.readAllLines(file), found));
    }
    assertEquals("", String.join("\n", differences));
  }

  /** Queries and jobs cost a small run most of its time: more of them are a reason to look. */
  @Test
  void sparkIsGivenFewQueriesAndJobs() {
    Config work = new PipelineRun(0, "", "", warehouse).manifest().getConfig("spark_work");
    System.out.println("given to Spark: " + work.root().unwrapped());
    assertTrue(work.getInt("queries") <= MOST_QUERIES, work.toString());
    assertTrue(work.getInt("jobs") <= MOST_JOBS, work.toString());
  }

  /** Every table's file is in the order of its key, so each can be compared with a later one. */
  @Test
  void historyCountsEveryRow() {
    List<Row> history =
        TestSession.get()
            .read()
            .parquet(warehouse.resolve(Restatements.TABLE.name()).toString())
            .collectAsList();
    assertEquals(Reports.ALL.size(), history.size());
    for (Row table : history) {
      assertEquals(table.<Long>getAs("rows"), table.<Long>getAs("rows_added"), table.toString());
    }
  }

  @Test
  void referenceCaseIsExact() {
    Row a = campaign("campaign_funnel", "A");
    Row b = campaign("campaign_funnel", "B");
    assertEquals(List.of(100_000L, 5_000L, 10L), counts(a));
    assertEquals(List.of(20_000L, 1_000L, 50L), counts(b));
    BigDecimal five = new BigDecimal(5);
    assertEquals(0, decimal(a, "value").multiply(five).compareTo(decimal(b, "value")));
    assertEquals(0, new BigDecimal(800).compareTo(decimal(a, "value")));
    assertEquals(0.05, a.<Double>getAs("ctr"));
    assertEquals(0.05, b.<Double>getAs("ctr"));
    assertEquals(0.002, a.<Double>getAs("cvr"));
    assertEquals(0.05, b.<Double>getAs("cvr"));
    assertEquals(200.0, a.<Double>getAs("cpa"));
    assertEquals(20.0, b.<Double>getAs("cpa"));
    assertEquals(0.4, a.<Double>getAs("roas"));
    assertEquals(4.0, b.<Double>getAs("roas"));
  }

  @Test
  void bigNumbersOfAAreVanityAndThoseOfBAreNot() {
    Row a = campaign("campaign_scorecard", "A");
    Row b = campaign("campaign_scorecard", "B");
    assertEquals("vanity", a.getAs("verdict"));
    assertEquals("earning", b.getAs("verdict"));
    assertTrue(a.<Double>getAs("value_index") < 1, a.toString());
    assertTrue(b.<Double>getAs("value_index") > 1, b.toString());
  }

  @Test
  void summarySaysSo() {
    String out = outcome.out();
    assertTrue(
        out.contains(
            "Headline       B: Small and Steady (B) brings the most on 2026-10-31: value 4,000.00"
                + " from 50 conversions (earning)"),
        out);
    assertTrue(
        out.lines()
            .anyMatch(
                line ->
                    line.startsWith("Vanity         A: Big Numbers (A): ")
                        && line.endsWith("value 800.00; B brings 5.0 times that")),
        out);
    Row quality = read("data_quality").head();
    assertTrue(
        out.contains(
            String.format(
                java.util.Locale.ROOT,
                "Events read    %,d: %,d facts, %,d duplicates, %,d rejected (",
                quality.<Long>getAs("rows_in"),
                quality.<Long>getAs("facts"),
                quality.<Long>getAs("duplicates"),
                quality.<Long>getAs("rejected"))),
        out);
    assertTrue(out.contains("Conversions    " + quality.getAs("conversions") + ", of which"), out);
  }

  /** What docs/reports.md says of each query's first row, down to the numbers. */
  @Test
  void queriesOfTheDocsRunInDuckDb() {
    List<String> untrue = new ArrayList<>();
    for (Report report : Reports.ALL) {
      Guide guide = report.guide();
      List<List<String>> rows = DuckDb.query(guide.sql(), warehouse);
      if (rows.isEmpty()) {
        untrue.add(report.table().name() + ": no row");
        continue;
      }
      Set<BigDecimal> known = numbers(String.join(" ", rows.get(0)) + " " + guide.sql());
      Set<BigDecimal> said = numbers(guide.example());
      assertFalse(said.isEmpty(), report.table().name() + ": the example names a number");
      said.removeAll(known);
      said.forEach(n -> untrue.add(report.table().name() + ": " + n + " is not in " + rows.get(0)));
    }
    assertEquals("", String.join("\n", untrue));
  }

  private static Set<BigDecimal> numbers(String text) {
    Set<BigDecimal> numbers = new TreeSet<>();
    Matcher number = Pattern.compile("(?<![\\w.])\\d+(?:\\.\\d+)?(?![\\w])").matcher(text);
    while (number.find()) {
      numbers.add(new BigDecimal(number.group()));
    }
    return numbers;
  }

  /** Sketches of all campaigns merged, in DuckDB and in Spark, against a count of the log. */
  @Test
  void mergedSketchesCountPeopleOnce() {
    String day = SAMPLES.resolve("events/dt=2026-10-31").toString();
    double exact =
        TestSession.get()
            .read()
            .parquet(day)
            .filter("event_type = 'impression' and invalid_reason is null")
            .select("user_id")
            .distinct()
            .count();
    double inDuckDb =
        Double.parseDouble(
            DuckDb.query(Reports.byName("audience_reach").guide().sql(), warehouse).get(0).get(0));
    double inSpark =
        read("audience_reach")
            .filter("stage = 'saw'")
            .selectExpr("hll_sketch_estimate(hll_union_agg(people_sketch))")
            .head()
            .getLong(0);
    assertEquals(1, inDuckDb / exact, 0.032, "DuckDB " + inDuckDb + " of " + exact);
    assertEquals(1, inSpark / exact, 0.032, "Spark " + inSpark + " of " + exact);
  }

  private static Dataset<Row> read(String table) {
    return TestSession.get().read().parquet(warehouse.resolve(table).toString());
  }

  private static Row campaign(String table, String id) {
    return read(table).filter("campaign_id = '" + id + "' and period = 1").head();
  }

  private static List<Object> counts(Row row) {
    return List.of(row.getAs("impressions"), row.getAs("clicks"), row.getAs("conversions"));
  }

  private static BigDecimal decimal(Row row, String column) {
    return row.getAs(column);
  }
}
