package dev.throughline.html;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The first screen: what brings the outcome, what is vanity, and the day as a whole. */
final class Overview {
  private static final String FUNNEL = "campaign_funnel";
  private static final int MOST_VANITY = 3;

  /** What stands for all campaigns that too few people are behind. */
  private static final String TOO_FEW = "(too few people)";

  /** A step of the day: what it is called, and the column that counts it. */
  private record Step(String name, String column) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("Impressions", "impressions"),
          new Step("Viewable impressions", "viewable_impressions"),
          new Step("Clicks", "clicks"),
          new Step("Landed sessions", "landed_sessions"),
          new Step("Engaged sessions", "engaged_sessions"),
          new Step("Conversions", "conversions"));

  private final Campaigns campaigns;
  private final String currency;

  Overview(Campaigns campaigns, String currency) {
    this.campaigns = campaigns;
    this.currency = currency;
  }

  /** Sentences that a person could say of the day. */
  List<Words> headline() {
    List<Words> sentences = new ArrayList<>();
    List<TableRow> named =
        campaigns.byOutcome().stream()
            .filter(row -> !row.text("campaign_id").equals(TOO_FEW))
            .toList();
    named.stream()
        .min(
            Campaigns.largest("value")
                .thenComparing(Campaigns.largest("conversions"))
                .thenComparing(row -> row.text("campaign_id")))
        .filter(row -> row.count("conversions") > 0)
        .ifPresentOrElse(
            best -> sentences.add(brings(best)),
            () -> sentences.add(Words.of("No campaign brought a conversion on this day.")));
    List<TableRow> vanity =
        named.stream()
            .filter(row -> row.text("verdict").equals(Campaigns.VANITY))
            .sorted(
                Campaigns.largest("attention_share")
                    .thenComparing(comparing(row -> row.text("campaign_id"))))
            .toList();
    vanity.stream().limit(MOST_VANITY).map(this::isVanity).forEach(sentences::add);
    if (vanity.size() > MOST_VANITY) {
      sentences.add(
          Words.of(
              Format.count((long) vanity.size() - MOST_VANITY)
                  + " more are vanity; the tables below mark them."));
    }
    if (vanity.isEmpty() && campaigns.total() > 0) {
      sentences.add(
          Words.of("No campaign’s outcome falls short of its attention by more than chance."));
    }
    return sentences;
  }

  private Words brings(TableRow row) {
    return Words.of(
        campaigns.name(row.text("campaign_id")),
        " brings the most: "
            + Format.count(row.count("conversions"))
            + (row.count("conversions") == 1 ? " conversion" : " conversions")
            + " worth "
            + Format.cents(row.amount("value"))
            + (currency == null ? "" : " " + currency)
            + ", "
            + shares(row));
  }

  private Words isVanity(TableRow row) {
    return Words.of(campaigns.name(row.text("campaign_id")), " is vanity: " + shares(row));
  }

  private String shares(TableRow row) {
    return Format.roughly(row.rate("outcome_share"))
        + " of the outcome from "
        + Format.roughly(row.rate("attention_share"))
        + " of the attention."
        + longVerdict(row);
  }

  private String longVerdict(TableRow row) {
    TableRow period = campaigns.longPeriod(row.text("campaign_id"));
    if (period == null) {
      return "";
    }
    long days = period.count("days");
    return " Over "
        + (days == period.count("period") ? days + " days" : days + " of the last 28 days")
        + ": "
        + Column.words(period.text("verdict"))
        + ".";
  }

  /** The whole day, from what was shown to what it brought. */
  static Section pyramid(List<TableRow> funnel) {
    if (funnel.isEmpty()) {
      return Section.empty("day", "The day as a whole", FUNNEL, "The log had no event that day.");
    }
    List<TableRow> steps =
        STEPS.stream()
            .map(
                step ->
                    new TableRow(
                        Json.object(
                            "step",
                            step.name(),
                            "column",
                            step.column(),
                            "sum",
                            funnel.stream().mapToLong(row -> row.count(step.column())).sum())))
            .toList();
    DataTable table =
        new DataTable(
            FUNNEL,
            Map.of("period", "1"),
            List.of("column"),
            Words.of("Sums over all campaigns of the day"),
            List.of(Column.text("Step", "step"), Column.count("Count", "sum")),
            steps);
    String spoken =
        steps.stream()
            .map(row -> row.text("step") + " " + Format.count(row.count("sum")))
            .collect(Collectors.joining(", "));
    Chart chart =
        Chart.Bars.of(
                "From impressions to conversions: " + spoken,
                steps.stream().map(row -> row.text("step")).toList(),
                Chart.Scale.LOG,
                Charts.counts("Count", "attention", steps, "sum"))
            .asPyramid();
    return Section.of(
        "day",
        "The day as a whole",
        "From what was shown to what it brought. A step need not be part of the one above: a"
            + " conversion may follow a click of an earlier day.",
        Block.Figure.of(
            "Impressions to conversions",
            chart,
            table,
            "The scale is logarithmic: each bar is as long as its number has digits."));
  }
}
