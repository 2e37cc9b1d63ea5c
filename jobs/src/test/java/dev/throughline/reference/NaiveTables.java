package dev.throughline.reference;

import dev.throughline.reference.NaiveFacts.Fact;
import dev.throughline.reference.NaiveJourneys.Credit;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The published tables that rest on conversions and row counts, as sums over a naive pass. */
final class NaiveTables {
  static final List<String> ATTRIBUTION =
      List.of("credited_conversions", "credited_value", "share");
  static final List<String> RECONCILIATION =
      List.of(
          "attributed_conversions",
          "unattributed_conversions",
          "total_conversions",
          "attributed_value",
          "unattributed_value",
          "total_value");
  static final List<String> ACTIONS = List.of("conversions", "value");

  final NaiveFacts facts;
  final NaiveJourneys journeys;
  private final NaiveRules rules;
  private final List<LocalDate> days;

  NaiveTables(List<RawEvent> rows, NaiveRules rules, List<LocalDate> days) {
    this.facts = new NaiveFacts(rows, rules);
    this.journeys = new NaiveJourneys(facts, rules);
    this.rules = rules;
    this.days = days;
  }

  private List<Credit> credits() {
    return journeys.credits.stream().filter(c -> days.contains(c.conversion().day())).toList();
  }

  /** Credit by the models that look at one journey alone and that the configuration names. */
  private List<Credit> published() {
    return credits().stream().filter(c -> rules.learning().models().contains(c.model())).toList();
  }

  private long conversionsLike(Fact conversion) {
    return journeys.counted.stream()
        .filter(other -> other.day().equals(conversion.day()))
        .filter(other -> other.event().name().equals(conversion.event().name()))
        .count();
  }

  Cells attribution() {
    return attribution(published());
  }

  /** Credit by one model that looks at one journey alone, whether it is published or not. */
  Cells attribution(String model) {
    return attribution(credits().stream().filter(c -> c.model().equals(model)).toList());
  }

  private Cells attribution(List<Credit> credits) {
    Cells cells = new Cells();
    Map<String, Long> totals = new HashMap<>();
    for (Credit credit : credits) {
      Fact conversion = credit.conversion();
      String action = conversion.event().name();
      String key =
          Cells.key(conversion.day(), credit.dimension(), credit.member(), action, credit.model());
      long total =
          totals.computeIfAbsent(conversion.day() + action, k -> conversionsLike(conversion));
      cells.add(key, "credited_conversions", credit.part());
      cells.add(key, "credited_value", credit.value());
      cells.add(key, "share", credit.part() / total);
    }
    return cells;
  }

  Cells reconciliation() {
    Cells cells = new Cells();
    for (Credit credit : published()) {
      if (!credit.model().equals("participation")) {
        String key = reconciled(credit.conversion(), credit.dimension(), credit.model());
        boolean nobody = credit.member().equals(NaiveJourneys.NOBODY);
        cells.add(key, "attributed_conversions", nobody ? 0 : credit.part());
        cells.add(key, "unattributed_conversions", nobody ? credit.part() : 0);
        cells.add(key, "attributed_value", nobody ? 0 : credit.value());
        cells.add(key, "unattributed_value", nobody ? credit.value() : 0);
      }
    }
    Set<String> additive = new TreeSet<>();
    published().forEach(credit -> additive.add(credit.model()));
    additive.remove("participation");
    for (Fact conversion : journeys.counted) {
      if (days.contains(conversion.day())) {
        for (String model : additive) {
          for (String dimension : List.of("campaign", "channel")) {
            String key = reconciled(conversion, dimension, model);
            cells.add(key, "total_conversions", 1);
            cells.add(key, "total_value", NaiveJourneys.worth(conversion.event()));
          }
        }
      }
    }
    return cells;
  }

  private static String reconciled(Fact conversion, String dimension, String model) {
    return Cells.key(conversion.day(), dimension, conversion.event().name(), model);
  }

  Cells actions() {
    Cells cells = new Cells();
    for (Credit credit : credits()) {
      if (credit.dimension().equals("campaign") && credit.model().equals(rules.funnelModel())) {
        Fact conversion = credit.conversion();
        String key = Cells.key(conversion.day(), credit.member(), conversion.event().name());
        cells.add(key, "conversions", credit.part());
        cells.add(key, "value", credit.value());
      }
    }
    return cells;
  }

  Cells quality() {
    Cells cells = new Cells();
    for (LocalDate day : days) {
      QUALITY.forEach(column -> cells.set(day.toString(), column, 0.0));
    }
    facts.rejected.forEach(row -> count(cells, row.dt(), "rows_in", "rejected"));
    facts.duplicates.forEach(row -> count(cells, row.dayIn(rules.zone()), "rows_in", "duplicates"));
    Set<String> ids = new HashSet<>();
    for (Fact fact : facts.facts) {
      RawEvent event = fact.event();
      LocalDate day = fact.day();
      count(cells, day, "rows_in", "facts");
      count(cells, day, !ids.add(day + event.id()), "conflicting_event_ids");
      count(cells, day, !fact.valid(), "invalid_" + fact.invalid());
      count(cells, day, event.user() == null, "facts_without_user");
      count(cells, day, Boolean.FALSE.equals(event.consent()), "facts_without_consent");
      boolean late =
          event.received() != null && RawEvent.dayOf(event.received(), rules.zone()).isAfter(day);
      count(cells, day, late, "late_facts");
      count(
          cells, day, fact.valid("page_view") && fact.visit() == null, "page_views_without_visit");
      count(cells, day, event.received() == null, "facts_without_received_time");
      if (fact.valid()) {
        gaps(cells, fact);
      }
    }
    journeys.repeatedOrders.forEach(f -> count(cells, f.day(), "conversions_repeated_order"));
    journeys.repeatedByUser.forEach(f -> count(cells, f.day(), "conversions_repeated_user"));
    journeys.counted.forEach(f -> count(cells, f.day(), "conversions"));
    journeys.capped.forEach(f -> count(cells, f.day(), "journeys_capped"));
    return cells;
  }

  private void gaps(Cells cells, Fact fact) {
    RawEvent event = fact.event();
    LocalDate day = fact.day();
    switch (event.type()) {
      case "impression" -> {
        count(cells, day, "impressions");
        count(cells, day, event.campaign() == null, "impressions_without_campaign");
        count(cells, day, event.channel() == null, "impressions_without_channel");
        count(cells, day, event.impression() == null, "impressions_without_id");
        count(cells, day, event.viewable() == null, "impressions_not_measured");
        count(cells, day, event.cost() == null, "impressions_without_cost");
      }
      case "click" -> {
        count(cells, day, "clicks");
        count(cells, day, event.campaign() == null, "clicks_without_campaign");
        count(cells, day, event.channel() == null, "clicks_without_channel");
        count(cells, day, event.impression() == null, "clicks_without_impression");
        count(cells, day, event.cost() == null, "clicks_without_cost");
      }
      case "page_view" -> {
        count(cells, day, "page_views");
        count(cells, day, event.campaign() == null, "page_views_without_campaign");
        count(cells, day, event.session() == null, "page_views_without_session");
        count(cells, day, event.seconds() == null, "page_views_without_engagement_seconds");
      }
      case "conversion" -> {
        count(cells, day, "conversions_recorded");
        count(cells, day, event.value() == null, "conversions_without_value");
        count(cells, day, event.order() == null, "conversions_without_order");
      }
      default -> {}
    }
  }

  static final List<String> QUALITY =
      List.of(
          "rows_in",
          "facts",
          "duplicates",
          "rejected",
          "conflicting_event_ids",
          "invalid_upstream",
          "invalid_declared_bot",
          "invalid_activity_limit",
          "invalid_double_click",
          "facts_without_user",
          "facts_without_consent",
          "late_facts",
          "page_views_without_visit",
          "conversions_recorded",
          "conversions_repeated_order",
          "conversions_repeated_user",
          "conversions",
          "journeys_capped",
          "facts_without_received_time",
          "impressions",
          "impressions_without_campaign",
          "impressions_without_channel",
          "impressions_without_id",
          "impressions_not_measured",
          "impressions_without_cost",
          "clicks",
          "clicks_without_campaign",
          "clicks_without_channel",
          "clicks_without_impression",
          "clicks_without_cost",
          "page_views",
          "page_views_without_campaign",
          "page_views_without_session",
          "page_views_without_engagement_seconds",
          "conversions_without_value",
          "conversions_without_order");

  private void count(Cells cells, LocalDate day, String... columns) {
    for (String column : columns) {
      count(cells, day, true, column);
    }
  }

  private void count(Cells cells, LocalDate day, boolean counts, String column) {
    if (counts && days.contains(day)) {
      cells.add(day.toString(), column, 1);
    }
  }
}
