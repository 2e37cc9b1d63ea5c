package dev.throughline.reference;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.model.Journeys;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.PipelineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A random log as it is, and with rows of fewer than so many people folded. */
class FoldedRunTest {
  private static final int LEAST = 4;

  @TempDir private static Path temp;
  private static RandomVariants.Variant variant;
  private static PipelineRun whole;
  private static PipelineRun folded;

  /**
   * A table that is folded.
   *
   * @param table its name
   * @param within columns within which totals stand
   * @param people the count of people, or the bound of it; NULL on rows that have none
   * @param sums columns that add up
   */
  private record Case(String table, String within, String people, String sums) {
    @Override
    public String toString() {
      return table;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "campaign_funnel",
            "day,period,days",
            "if(campaign_id = '(unattributed)', null, greatest(reach, people_clicked, people_landed))",
            "gross_impressions,invalid_impressions,impressions,measured_impressions,"
                + "viewable_impressions,gross_clicks,invalid_clicks,clicks,landed_sessions,"
                + "engaged_sessions,conversions,value,spend"),
        new Case(
            "campaign_scorecard",
            "day,period,days",
            "null",
            "impressions,clicks,conversions,value,spend"),
        new Case("levers", "day,stage,stage_order", "null", ""),
        new Case("audience_reach", "day,stage", "people", ""),
        new Case("campaign_actions", "day", "conversions", "conversions,value"),
        new Case(
            "attribution",
            "day,dimension,model,additive",
            "credited_conversions",
            "if(additive, credited_conversions, 0),if(additive, credited_value, 0)"),
        new Case(
            "attribution_comparison",
            "day,dimension",
            "highest",
            "first_touch,linear,markov_1,shapley"),
        new Case(
            "attribution_reconciliation",
            "day,dimension,model",
            "total_conversions",
            "attributed_conversions,unattributed_conversions,total_conversions,attributed_value,"
                + "unattributed_value,total_value"),
        new Case("markov_transitions", "day,dimension,action,model", "count", "count,value"),
        new Case("shapley_positions", "day,dimension,position", "null", "conversions,value"),
        new Case(
            "funnel_drop_off",
            "day,step,step_name",
            "if(step = 1, entered, null)",
            "entered,continued,dropped"),
        new Case(
            "journey_paths",
            "day,dimension",
            "conversions + non_converting_journeys",
            "conversions,value,non_converting_journeys"),
        new Case("time_to_convert", "day,measure", "conversions", "conversions,value"),
        new Case(
            "post_click_behaviour",
            "day",
            "clicks",
            "clicks,followed_clicks,landed_clicks,landed_sessions,engaged_sessions,page_views,"
                + "engagement_events,converting_sessions,return_visits"),
        new Case("audience_intent", "day", "people", "people,showed,converted,conversions,value"),
        new Case("rejected_events", "day", "rows", "rows"));
  }

  @BeforeAll
  static void runs() {
    variant = RandomVariants.all().get(1);
    whole = variant.run();
    folded = variant.folded(LEAST);
    // Every audit of every table passed.
    assertEquals(0, folded.exitCode(), folded.stderr());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void totalsStand(Case of) {
    List<Row> expected = totals(whole, of);
    List<Row> found = totals(folded, of);
    assertEquals(sums(expected), sums(found));
    assertTrue(rows(found) < rows(expected), "rows are folded");
  }

  private static List<Row> totals(PipelineRun run, Case of) {
    Column[] within = columns(of.within());
    Stream<Column> sums =
        Arrays.stream(split(of.sums()))
            .filter(column -> !column.isEmpty())
            .map(column -> sum(expr(column)));
    return run.table(of.table())
        .groupBy(within)
        .agg(count(lit(1)).as("rows"), sums.toArray(Column[]::new))
        .orderBy(within)
        .collectAsList();
  }

  private static List<String> sums(List<Row> totals) {
    return totals.stream()
        .map(
            row ->
                Stream.of(row.schema().fieldNames())
                    .filter(name -> !name.equals("rows"))
                    .map(name -> name + "=" + row.getAs(name))
                    .toList()
                    .toString())
        .toList();
  }

  private static long rows(List<Row> totals) {
    return totals.stream().mapToLong(row -> row.<Long>getAs("rows")).sum();
  }

  /** But where a whole has no more: then it is one row. */
  @ParameterizedTest
  @MethodSource("cases")
  void noRowRestsOnFewer(Case of) {
    Column together = count(lit(1)).over(Window.partitionBy(columns(of.within())));
    List<Row> few =
        folded
            .table(of.table())
            .withColumn("together", together)
            .where(of.people() + " < " + LEAST)
            .where("together > 1")
            .collectAsList();
    assertEquals(List.of(), few);
  }

  @Test
  void everyTableIsFoldedOrSaysWhyNot() {
    List<String> tested = cases().map(Case::table).toList();
    for (Report report : Reports.ALL) {
      String doc = report.folding().doc();
      String table = report.table().name();
      assertTrue(doc.endsWith("."), table);
      assertEquals(!tested.contains(table), doc.startsWith("Not folded: "), table);
    }
  }

  @Test
  void tablesOfCampaignsFoldTheSame() {
    String key = "campaign_id <> '(unattributed)'";
    List<Row> funnel =
        folded
            .table("campaign_funnel")
            .where(key)
            .select("day", "period", "campaign_id")
            .orderBy("day", "period", "campaign_id")
            .collectAsList();
    List<Row> scorecard =
        folded
            .table("campaign_scorecard")
            .select("day", "period", "campaign_id")
            .orderBy("day", "period", "campaign_id")
            .collectAsList();
    assertEquals(funnel, scorecard);
    List<String> names = funnel.stream().map(row -> row.getString(2)).distinct().toList();
    assertTrue(names.contains(Journeys.TOO_FEW) && names.contains("z"), names.toString());
    assertEquals(
        folded.table("campaign_funnel").where(key + " and period = 1").count(),
        folded.table("levers").select("day", "campaign_id").distinct().count());
  }

  /** The page of a day draws what is folded like anything else. */
  @Test
  void thePageShowsIt() {
    Path page = temp.resolve("page.html");
    LogFixture.Outcome outcome =
        LogFixture.execute(
            "html",
            "--date",
            variant.days.get(0).toString(),
            "--out",
            page.toString(),
            "--set",
            "throughline.input.events.path=" + folded.output(),
            "--set",
            "throughline.output.path=" + folded.output());
    assertEquals(0, outcome.code(), outcome.all());
    assertTrue(Files.exists(page));
  }

  private static String[] split(String names) {
    return names.split(",(?![^(]*\\))");
  }

  private static Column[] columns(String names) {
    return Arrays.stream(split(names)).map(name -> col("`" + name + "`")).toArray(Column[]::new);
  }
}
