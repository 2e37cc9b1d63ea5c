package dev.throughline.html;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The campaigns of the day, and those of them that a page has room for. */
final class Campaigns {
  static final String SCORECARD = "campaign_scorecard";
  static final String VANITY = "vanity";

  /** So many rows can still be read from top to bottom. */
  static final int MOST = 25;

  private static final long LONG_PERIOD = 28;

  private final List<TableRow> byOutcome;
  private final List<TableRow> byAttention;
  private final Map<String, TableRow> longPeriod = new HashMap<>();
  private final Map<String, Name> names = new HashMap<>();
  private final Set<String> shown = new LinkedHashSet<>();

  private Campaigns(List<TableRow> ofTheDay, List<TableRow> ofLongPeriod) {
    byOutcome = sorted(ofTheDay, "outcome_share");
    byAttention = sorted(ofTheDay, "attention_share");
    for (TableRow row : ofTheDay) {
      String id = row.text("campaign_id");
      names.put(id, new Name(id, row.text("campaign_name")));
    }
    ofLongPeriod.forEach(row -> longPeriod.put(row.text("campaign_id"), row));
    first(byOutcome).forEach(row -> shown.add(row.text("campaign_id")));
    first(byAttention).forEach(row -> shown.add(row.text("campaign_id")));
  }

  static Campaigns of(Tables tables) {
    List<TableRow> day = new ArrayList<>();
    List<TableRow> longPeriod = new ArrayList<>();
    for (TableRow row : tables.rows(SCORECARD)) {
      long period = row.count("period");
      if (period == 1) {
        day.add(row);
      } else if (period == LONG_PERIOD) {
        longPeriod.add(row);
      }
    }
    return new Campaigns(day, longPeriod);
  }

  /** Of equal shares, the one of more value comes first. */
  private static List<TableRow> sorted(List<TableRow> rows, String share) {
    return rows.stream()
        .sorted(
            largest(share)
                .thenComparing(largest("value"))
                .thenComparing(row -> row.text("campaign_id")))
        .toList();
  }

  /** As many rows as the page has room for. */
  static List<TableRow> first(List<TableRow> rows) {
    return rows.subList(0, Math.min(MOST, rows.size()));
  }

  /** Orders rows by a number of theirs, the largest first, and NULL last. */
  static Comparator<TableRow> largest(String column) {
    return comparing(row -> row.plotted(column), nullsLast(reverseOrder()));
  }

  List<TableRow> byOutcome() {
    return byOutcome;
  }

  List<TableRow> byAttention() {
    return byAttention;
  }

  /** The row of the 28 days that end with the day; null where there is none. */
  TableRow longPeriod(String id) {
    return longPeriod.get(id);
  }

  int total() {
    return byOutcome.size();
  }

  /** Campaigns that stand in one of the two lists of the page, those with most outcome first. */
  Set<String> shown() {
    return shown;
  }

  /** What a campaign is called. */
  Name name(String id) {
    return names.getOrDefault(id, new Name(id, null));
  }

  /** The column that names the campaign of a row. */
  Column column(String field) {
    return new Column("Campaign", field, Map.of(), false, row -> Cell.of(name(row.text(field))));
  }

  /** "25 of 4,000 campaigns", or "22 campaigns". */
  static String ofAll(int shown, long all) {
    return shown == all
        ? Format.count(all) + (all == 1 ? " campaign" : " campaigns")
        : Format.count((long) shown) + " of " + Format.count(all) + " campaigns";
  }
}
