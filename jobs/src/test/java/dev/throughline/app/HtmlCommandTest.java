package dev.throughline.app;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.html.Page;
import dev.throughline.testing.Campaigning;
import dev.throughline.testing.Chromium;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import dev.throughline.testing.PageTables;
import dev.throughline.testing.PageTables.Cell;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run, in a browser: every number is that of the tables, every name is text. */
class HtmlCommandTest {
  @TempDir private static Path temp;
  private static PipelineRun run;
  private static PublishedNumbers published;
  private static Path file;
  private static Chromium page;
  private static List<Cell> cells;

  @BeforeAll
  static void openPage() {
    page = Chromium.open(temp.resolve("profile"));
    run = Campaigning.log(Scenario.in(temp)).run(Campaigning.DAY);
    assertEquals(0, run.exitCode(), run.stderr());
    published = new PublishedNumbers(run);
    file = temp.resolve("report.html");
    Outcome outcome = html(run.output(), "--out", file.toString());
    assertEquals(0, outcome.code(), outcome.all());
    assertTrue(outcome.out().startsWith("Wrote " + file + " ("), outcome.all());
    page.load(file);
    cells = PageTables.cells(page);
  }

  @AfterAll
  static void close() {
    if (page != null) {
      page.close();
    }
  }

  private static Outcome html(Path warehouse, String... more) {
    return LogFixture.in(warehouse.getParent())
        .command(
            "html",
            Stream.concat(
                    Stream.of("--set", "throughline.output.path=" + warehouse), Stream.of(more))
                .toArray(String[]::new));
  }

  @Test
  void everyCellIsThatOfTheTables() {
    List<String> problems =
        cells.stream().map(published::problem).filter(problem -> !problem.isEmpty()).toList();
    assertEquals(List.of(), problems.stream().limit(10).toList(), problems.size() + " cells");
    assertTrue(cells.size() > 1000, cells.size() + " cells");
  }

  @Test
  void everyRowOfASmallDayIsShown() {
    for (String table : List.of("campaign_scorecard", "attribution_reconciliation")) {
      shows(table, rows(table).size());
    }
    for (String table : Page.TABLES) {
      assertTrue(of(table).findAny().isPresent(), "nothing of " + table);
    }
    Set<String> credited =
        rows("attribution").stream()
            .filter(row -> row.getAs("dimension").equals("campaign"))
            .map(row -> row.getAs("member") + " " + row.getAs("action"))
            .collect(Collectors.toSet());
    assertEquals(
        credited,
        of("attribution")
            .map(cell -> cell.key().get("member") + " " + cell.key().get("action"))
            .collect(Collectors.toSet()));
  }

  private static void shows(String table, int rows) {
    assertEquals(rows, of(table).map(Cell::key).distinct().count(), table);
  }

  private static Stream<Cell> of(String table) {
    return cells.stream().filter(cell -> cell.source().equals(table));
  }

  private static List<Row> rows(String table) {
    return published.rows(table).stream()
        .filter(
            row ->
                !List.of(row.schema().fieldNames()).contains("period")
                    || row.<Integer>getAs("period") == 1)
        .toList();
  }

  @Test
  void campaignsStandByOutcomeBesideAttention() {
    List<String> ids =
        of("campaign_scorecard")
            .filter(cell -> cell.field().equals("campaign_id"))
            .map(cell -> cell.key().get("campaign_id"))
            .toList();
    int half = ids.size() / 2;
    assertEquals(sorted("outcome_share"), ids.subList(0, half));
    assertEquals(sorted("attention_share"), ids.subList(half, ids.size()));
    assertEquals(
        rows("campaign_scorecard").stream()
            .filter(row -> row.getAs("verdict").equals("vanity"))
            .map(row -> row.<String>getAs("campaign_id"))
            .collect(Collectors.toSet()),
        of("campaign_scorecard")
            .filter(cell -> "vanity".equals(cell.badge()))
            .map(cell -> cell.key().get("campaign_id"))
            .collect(Collectors.toSet()));
    assertTrue(of("campaign_scorecard").anyMatch(cell -> "vanity".equals(cell.badge())));
  }

  private static List<String> sorted(String share) {
    return rows("campaign_scorecard").stream()
        .sorted(
            Comparator.comparing((Row row) -> -row.<Double>getAs(share))
                .thenComparing(row -> row.<BigDecimal>getAs("value").negate())
                .thenComparing(row -> row.<String>getAs("campaign_id")))
        .map(row -> row.<String>getAs("campaign_id"))
        .toList();
  }

  @Test
  void headlineNamesTheBestAndTheVain() {
    String headline = page.evaluate("document.getElementById('headline').innerText").asText();
    Row best =
        rows("campaign_scorecard").stream()
            .max(
                Comparator.comparing((Row row) -> row.<BigDecimal>getAs("value"))
                    .thenComparing(row -> row.<Long>getAs("conversions")))
            .orElseThrow();
    assertTrue(
        headline.contains(" brings the most: " + best.getAs("conversions") + " conversions worth "),
        headline);
    assertTrue(headline.contains("Big Numbers is vanity: 0 % of the outcome from "), headline);
  }

  @Test
  void namesAreTextAndNothingRuns() {
    Set<String> shown =
        cells.stream().map(Cell::text).collect(Collectors.toCollection(TreeSet::new));
    for (String name : Campaigning.HOSTILE) {
      assertTrue(shown.contains(name), "no cell says " + name);
    }
    assertEquals(3, page.evaluate("document.querySelectorAll('script').length").asInt());
    assertEquals(
        0,
        page.evaluate("document.querySelectorAll('img,iframe,object,embed,link,b,svg').length")
            .asInt());
    assertEquals(
        List.of(file.toUri().toString()), page.requests(), "the page asks for nothing but itself");
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void missingDayIsTold() throws IOException {
    Path out = temp.resolve("missing.html");
    Outcome outcome = html(run.output(), "--date", "2026-11-01", "--out", out.toString());
    assertEquals(3, outcome.code(), outcome.all());
    assertTrue(
        outcome.err().contains("There are no published tables of 2026-11-01"), outcome.err());
    assertTrue(outcome.err().contains("campaign_scorecard (" + run.output()), outcome.err());
    assertTrue(outcome.err().contains("scripts/throughline run --date 2026-11-01"), outcome.err());
    assertFalse(Files.exists(out));
    Path nowhere = temp.resolve("nowhere").resolve("report.html");
    Outcome unwritten = html(run.output(), "--out", nowhere.toString());
    assertEquals(5, unwritten.code(), unwritten.all());
    assertTrue(unwritten.err().contains("Choose another file by --out"), unwritten.err());
    try (var files = Files.list(temp)) {
      assertEquals(List.of(), files.filter(left -> left.toString().endsWith(".writing")).toList());
    }
  }

  @Test
  void tableThatIsMissingOrForeignOrDamagedIsNamed() throws IOException {
    Path file = tableFile("data_quality");
    byte[] good = Files.readAllBytes(file);
    try {
      Files.delete(file);
      refused("2026-10-31 for: data_quality (" + file + ")");
      Files.copy(tableFile("levers"), file);
      refused(file + " has no column rows_in, which belongs to data_quality");
      Files.write(file, Arrays.copyOf(good, good.length / 2), CREATE, TRUNCATE_EXISTING);
      refused("The table " + file + " cannot be read: ");
    } finally {
      Files.write(file, good, CREATE, TRUNCATE_EXISTING);
    }
  }

  private static Path tableFile(String table) {
    return run.output().resolve(table + "/day=" + Campaigning.DAY + "/" + table + ".parquet");
  }

  private static void refused(String message) {
    Path out = temp.resolve("refused.html");
    Outcome outcome = html(run.output(), "--out", out.toString());
    assertEquals(3, outcome.code(), outcome.all());
    assertTrue(outcome.err().contains(message), outcome.err());
    assertTrue(outcome.err().contains("scripts/throughline run --date 2026-10-31"), outcome.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void fileIsInTheWorkingDirectoryByDefault() throws IOException {
    Path written = Path.of("report-" + Campaigning.DAY + ".html");
    try {
      Outcome outcome = html(run.output());
      assertTrue(outcome.out().startsWith("Wrote " + written + " ("), outcome.all());
      assertEquals(Files.readString(file), Files.readString(written), "the same bytes again");
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
