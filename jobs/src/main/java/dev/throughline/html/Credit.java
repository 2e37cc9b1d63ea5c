package dev.throughline.html;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What each attribution model gives the same campaigns. */
final class Credit {
  private static final String TABLE = "attribution";
  private static final String TITLE = "Who deserves the credit";
  private static final String UNATTRIBUTED = "(unattributed)";

  private final Campaigns campaigns;
  private final String money;

  private Credit(Campaigns campaigns, String money) {
    this.campaigns = campaigns;
    this.money = money;
  }

  static Section of(Tables tables, Campaigns campaigns, String money) {
    Set<String> members = new HashSet<>(campaigns.shown());
    members.add(UNATTRIBUTED);
    Map<String, List<TableRow>> byAction =
        tables
            .rows(
                TABLE,
                row ->
                    row.text("dimension").equals("campaign")
                        && members.contains(row.text("member")))
            .stream()
            .collect(groupingBy(row -> row.text("action"), TreeMap::new, toList()));
    if (byAction.isEmpty()) {
      return Section.empty("credit", TITLE, TABLE, "No conversion counted that day.");
    }
    Credit credit = new Credit(campaigns, money);
    return Section.of(
        "credit",
        TITLE,
        "The same conversions, shared out by every model. Where the models agree, the choice of a"
            + " model does not matter. Listed are campaigns of the two tables above that earned"
            + " credit.",
        new Block.Choice(
            "Action",
            byAction.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -most(entry.getValue())))
                .map(entry -> credit.action(entry.getKey(), entry.getValue()))
                .toList()));
  }

  private static double most(List<TableRow> rows) {
    return rows.stream().mapToDouble(row -> row.plotted("credited_conversions")).max().orElse(0);
  }

  private Block.Option action(String action, List<TableRow> rows) {
    // Models in the order of their ids; credit that does not add up comes last, and says so.
    List<TableRow> models =
        rows.stream()
            .collect(
                toMap(row -> row.text("model"), Function.identity(), (a, b) -> a, TreeMap::new))
            .values()
            .stream()
            .sorted(Comparator.comparing(row -> !row.is("additive")))
            .toList();
    Map<String, Map<String, TableRow>> byMember = new TreeMap<>();
    for (TableRow row : rows) {
      byMember
          .computeIfAbsent(row.text("member"), member -> new TreeMap<>())
          .put(row.text("model"), row);
    }
    List<TableRow> members =
        byMember.values().stream()
            .sorted(
                Comparator.comparing(
                    (Map<String, TableRow> ofMember) -> -most(List.copyOf(ofMember.values()))))
            .map(ofMember -> ofMember.values().iterator().next())
            .limit(Campaigns.MOST)
            .toList();
    DataTable conversions =
        table(
            "Credited conversions, " + action,
            action,
            members,
            columns(models, byMember, "credited_conversions"));
    DataTable value =
        table(
            "Credited value" + money + ", " + action,
            action,
            members,
            columns(models, byMember, "credited_value"));
    List<TableRow> drawn = Charts.first(members);
    Chart chart =
        new Chart.Dots(
            "Credited conversions of each campaign by model, " + action,
            drawn.stream().map(row -> campaigns.name(row.text("member")).shown()).toList(),
            models.stream().map(model -> dots(model, drawn, byMember)).toList());
    return new Block.Option(
        action,
        List.of(
            Block.Figure.above(
                conversions,
                "Credited conversions by model",
                chart,
                "A dot for each model; dots far apart mean that the answer depends on the model."),
            new Block.Shown(conversions),
            new Block.Folded("Credited value" + money, value)));
  }

  private DataTable table(
      String caption, String action, List<TableRow> members, List<Column> columns) {
    return new DataTable(
        TABLE,
        Map.of("dimension", "campaign", "action", action),
        List.of("member"),
        Words.of(caption + ". † does not add up over campaigns."),
        columns,
        members);
  }

  private List<Column> columns(
      List<TableRow> models, Map<String, Map<String, TableRow>> byMember, String field) {
    List<Column> columns = new ArrayList<>(List.of(campaigns.column("member")));
    for (TableRow model : models) {
      String id = model.text("model");
      columns.add(
          new Column(
              label(model),
              field,
              Map.of("model", id),
              true,
              row -> {
                TableRow given = byMember.get(row.text("member")).get(id);
                return Cell.of(given == null ? Format.NONE : Format.cents(given.amount(field)));
              }));
    }
    return columns;
  }

  private static Chart.Series dots(
      TableRow model, List<TableRow> members, Map<String, Map<String, TableRow>> byMember) {
    List<Double> values = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (TableRow member : members) {
      TableRow given = byMember.get(member.text("member")).get(model.text("model"));
      values.add(given == null ? null : given.plotted("credited_conversions"));
      texts.add(given == null ? Format.NONE : Format.cents(given.amount("credited_conversions")));
    }
    return new Chart.Series(label(model), null, values, texts);
  }

  private static String label(TableRow model) {
    return Column.words(model.text("model")) + (model.is("additive") ? "" : " †");
  }
}
