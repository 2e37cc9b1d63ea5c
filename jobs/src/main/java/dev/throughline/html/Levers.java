package dev.throughline.html;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a better rate at one stage would have brought. */
final class Levers {
  private static final String TABLE = "levers";
  private static final String TITLE = "Levers";

  private final Campaigns campaigns;
  private final String money;

  private Levers(Campaigns campaigns, String money) {
    this.campaigns = campaigns;
    this.money = money;
  }

  static Section of(Tables tables, Campaigns campaigns, String money) {
    Map<String, List<TableRow>> byCampaign =
        tables.rows(TABLE, row -> campaigns.shown().contains(row.text("campaign_id"))).stream()
            .sorted(comparing(row -> row.count("stage_order")))
            .collect(groupingBy(row -> row.text("campaign_id")));
    if (byCampaign.isEmpty()) {
      return Section.empty("levers", TITLE, TABLE, "No campaign above had anything to gain on.");
    }
    Levers levers = new Levers(campaigns, money);
    List<TableRow> best =
        byCampaign.values().stream()
            .flatMap(List::stream)
            .filter(row -> row.is("is_best_lever"))
            .sorted(
                Campaigns.largest("extra_value")
                    .thenComparing(Campaigns.largest("extra_conversions"))
                    .thenComparing(comparing(row -> row.text("campaign_id"))))
            .toList();
    List<Block> blocks = new ArrayList<>();
    if (best.isEmpty()) {
      blocks.add(Block.Paragraph.of("No stage of a campaign above would have brought more."));
    } else {
      blocks.add(new Block.Shown(levers.best(best)));
    }
    blocks.add(
        new Block.Choice(
            "Campaign",
            campaigns.shown().stream()
                .filter(byCampaign::containsKey)
                .map(id -> levers.stages(campaigns.name(id), byCampaign.get(id)))
                .toList()));
    return new Section(
        "levers",
        TITLE,
        "Arithmetic, not a forecast: what the day would have brought had one stage been better and"
            + " all else the same.",
        blocks);
  }

  private DataTable best(List<TableRow> unlimited) {
    List<TableRow> rows = Campaigns.first(unlimited);
    List<Column> columns = new ArrayList<>(List.of(campaigns.column("campaign_id")));
    columns.add(Column.code("Best lever", "stage"));
    columns.addAll(numbers());
    return new DataTable(
        TABLE,
        Map.of(),
        List.of("campaign_id", "stage"),
        Words.of(
            "The best lever of each campaign: "
                + Campaigns.ofAll(rows.size(), campaigns.total())
                + ". Arithmetic, not a forecast."),
        columns,
        rows);
  }

  private Block.Option stages(Name name, List<TableRow> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        Column.code("Stage", "stage").marked(row -> row.is("is_best_lever") ? "best lever" : null));
    columns.add(Column.percent("Rate", "rate"));
    columns.addAll(numbers());
    DataTable table =
        new DataTable(
            TABLE,
            Map.of("campaign_id", name.id()),
            List.of("stage"),
            Words.of("Stages of ", name, ". Arithmetic, not a forecast."),
            columns,
            rows);
    List<String> stages =
        rows.stream()
            .map(row -> Column.words(row.text("stage")) + (row.is("is_best_lever") ? ", best" : ""))
            .toList();
    boolean money = rows.stream().anyMatch(row -> positive(row.plotted("extra_value")));
    Chart chart =
        money
            ? Chart.Bars.of(
                "Extra value and extra spend of " + name.shown() + " by stage",
                stages,
                Chart.Scale.LINEAR,
                bars("Extra value", "outcome", rows, "extra_value"),
                bars("Extra spend", "quiet", rows, "extra_spend"))
            : Chart.Bars.of(
                "Extra conversions of " + name.shown() + " by stage",
                stages,
                Chart.Scale.LINEAR,
                bars("Extra conversions", "outcome", rows, "extra_conversions"));
    return new Block.Option(
        DropOff.label(name),
        List.of(
            Block.Figure.above(
                table,
                (money ? "Extra value, and what it costs" : "Extra conversions")
                    + ", had the stage been better",
                chart,
                "Arithmetic, not a forecast."),
            new Block.Shown(table)));
  }

  private static boolean positive(Double number) {
    return number != null && number > 0;
  }

  private static Chart.Series bars(String name, String tone, List<TableRow> rows, String column) {
    return Charts.series(name, tone, rows, column, row -> Format.hundredths(row.cell(column)));
  }

  private List<Column> numbers() {
    return List.of(
        Column.decimal("Gain, %", "gain_percent", 1),
        Column.percent("New rate", "new_rate"),
        Column.hundredths("Extra conversions", "extra_conversions"),
        Column.hundredths("Extra value" + money, "extra_value"),
        Column.hundredths("Extra spend" + money, "extra_spend"),
        Column.hundredths("New CPA" + money, "new_cpa"));
  }
}
