package dev.throughline.html;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where each campaign loses people. */
final class DropOff {
  private static final String TABLE = "funnel_drop_off";
  private static final String TITLE = "Where people are lost";

  private DropOff() {}

  static Section of(Tables tables, Campaigns campaigns) {
    Map<String, List<TableRow>> funnels =
        tables.rows(TABLE).stream().collect(groupingBy(row -> row.text("campaign_id")));
    if (funnels.isEmpty()) {
      return Section.empty(
          "drop-off", TITLE, TABLE, "No known person entered a campaign's funnel that day.");
    }
    List<List<TableRow>> worst =
        funnels.values().stream()
            .map(steps -> steps.stream().sorted(comparing(row -> row.count("step"))).toList())
            .sorted(
                comparing(DropOff::worstLoss)
                    .reversed()
                    .thenComparing(steps -> steps.get(0).text("campaign_id")))
            .limit(Campaigns.MOST)
            .toList();
    return Section.of(
        "drop-off",
        TITLE,
        "People on their way through a campaign, step by step, and at which step it loses more of"
            + " them than the day's other campaigns do. Listed are "
            + Campaigns.ofAll(worst.size(), funnels.size())
            + ", those that lose most first.",
        new Block.Choice(
            "Campaign", worst.stream().map(steps -> funnel(steps, campaigns)).toList()));
  }

  private static double worstLoss(List<TableRow> steps) {
    return steps.stream()
        .map(row -> row.rate("lost_conversions_estimate"))
        .filter(loss -> loss != null)
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }

  private static Block.Option funnel(List<TableRow> steps, Campaigns campaigns) {
    String id = steps.get(0).text("campaign_id");
    Name name = campaigns.name(id);
    List<String> names = steps.stream().map(row -> Column.words(row.text("step_name"))).toList();
    Set<Integer> leak =
        IntStream.range(0, steps.size())
            .filter(i -> steps.get(i).is("is_biggest_leak"))
            .boxed()
            .collect(Collectors.toSet());
    // Nobody goes on from the last step; its rates are NULL.
    List<TableRow> going = steps.subList(0, steps.size() - 1);
    DataTable table =
        new DataTable(
            TABLE,
            Map.of("campaign_id", id),
            List.of("step"),
            Words.of("Steps of ", name),
            List.of(
                Column.code("Step", "step_name")
                    .marked(row -> row.is("is_biggest_leak") ? "biggest leak" : null),
                Column.count("Entered", "entered"),
                Column.count("Went on", "continued"),
                Column.count("Dropped", "dropped"),
                Column.percent("Rate", "continuation_rate"),
                Column.interval("95 % interval", "continuation_rate_low", "continuation_rate_high"),
                Column.percent("Others’ rate", "benchmark_rate"),
                Column.decimal("Median s to next", "median_seconds_to_next", 1),
                Column.decimal("90th percentile s", "p90_seconds_to_next", 1),
                Column.decimal("Lost conversions, estimate", "lost_conversions_estimate", 2)),
            steps);
    Block.Figure entered =
        Block.Figure.above(
            table,
            "People who came to each step",
            Chart.Bars.of(
                    "People who came to each step of " + name.shown(),
                    names,
                    Chart.Scale.LOG,
                    Charts.counts("Entered", "attention", steps, "entered"))
                .asPyramid()
                .highlighting(leak),
            "The scale is logarithmic. " + biggest(steps));
    Block.Figure rates =
        Block.Figure.above(
            table,
            "Share that went on, beside other campaigns",
            Chart.Bars.of(
                    "Share of people of " + name.shown() + " who went on from each step",
                    names.subList(0, going.size()),
                    Chart.Scale.PERCENT,
                    Charts.percents("This campaign", "attention", going, "continuation_rate"),
                    Charts.percents("Other campaigns", "quiet", going, "benchmark_rate"))
                .highlighting(leak));
    return new Block.Option(
        label(name), List.of(Block.Beside.of(entered, rates), new Block.Shown(table)));
  }

  static String label(Name name) {
    return name.shown().equals(name.id()) ? name.id() : name.shown() + " (" + name.id() + ")";
  }

  private static String biggest(List<TableRow> steps) {
    return steps.stream()
        .filter(row -> row.is("is_biggest_leak"))
        .findFirst()
        .map(
            row ->
                "The biggest leak is after "
                    + Column.words(row.text("step_name"))
                    + ": an estimated "
                    + Format.decimal(row.rate("lost_conversions_estimate"), 2)
                    + " conversions lost.")
        .orElse("No step loses more people than the other campaigns lose there.");
  }
}
