package dev.throughline.reference;

import dev.throughline.reference.NaiveFacts.Fact;
import dev.throughline.reference.NaiveJourneys.Credit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The funnel of each day and campaign, counted fact by fact. */
final class NaiveFunnel {
  static final List<String> COUNTS =
      List.of(
          "gross_impressions",
          "invalid_impressions",
          "impressions",
          "measured_impressions",
          "viewable_impressions",
          "gross_clicks",
          "invalid_clicks",
          "clicks",
          "landed_sessions",
          "engaged_sessions",
          "conversions",
          "value",
          "reach",
          "people_clicked",
          "people_landed");
  static final List<String> RATES = List.of("spend", "ctr", "cvr", "cpm", "cpc", "cpa", "roas");

  static final List<String> PEOPLE = List.of("reach", "people_clicked", "people_landed");

  final Cells cells = new Cells();

  /** Days with campaigns that have a row. */
  final Set<List<String>> rows = new LinkedHashSet<>();

  private final Map<String, Double> costs = new HashMap<>();

  /** User, day, campaign and column. */
  final Set<List<String>> people = new HashSet<>();

  private final List<LocalDate> days;

  private NaiveFunnel(List<LocalDate> days) {
    this.days = days;
  }

  static NaiveFunnel of(NaiveTables tables, NaiveRules rules, List<LocalDate> days) {
    NaiveFunnel funnel = new NaiveFunnel(days);
    List<Fact> facts = tables.facts.facts;
    facts.forEach(funnel::addEvent);
    NaiveFacts.group(
            facts.stream().filter(fact -> fact.visit() != null).toList(),
            fact -> Cells.key(NaiveFacts.visitor(fact.event()), fact.day(), fact.visit()))
        .values()
        .forEach(funnel::addVisit);
    for (Credit credit : tables.journeys.credits) {
      if (credit.dimension().equals("campaign") && credit.model().equals(rules.funnelModel())) {
        String member = credit.member();
        LocalDate day = credit.conversion().day();
        funnel.add(day, member, "conversions", credit.part());
        funnel.add(day, member, "value", credit.value());
      }
    }
    funnel.addSpend(rules);
    for (List<String> row : funnel.rows) {
      String key = Cells.key(row.toArray());
      funnel.cells.set(key, "spend", funnel.costs.get(key));
      addRates(funnel.cells, key);
    }
    return funnel;
  }

  private static String campaign(String id) {
    return id == null ? NaiveJourneys.NOBODY : id;
  }

  private void add(LocalDate day, String campaign, String column, double amount) {
    if (!days.contains(day)) {
      return;
    }
    String key = Cells.key(day, campaign);
    if (rows.add(List.of(day.toString(), campaign))) {
      COUNTS.forEach(count -> cells.set(key, count, 0.0));
    }
    cells.add(key, column, amount);
  }

  private void addPerson(Fact fact, String campaign, String column) {
    String user = fact.event().user();
    if (user != null && people.add(List.of(user, fact.day().toString(), campaign, column))) {
      add(fact.day(), campaign, column, 1);
    }
  }

  private void addEvent(Fact fact) {
    RawEvent event = fact.event();
    String campaign = campaign(event.campaign());
    add(fact.day(), campaign, "impressions", 0);
    BigDecimal cost = event.cost();
    if (cost != null) {
      costs.merge(Cells.key(fact.day(), campaign), cost.doubleValue(), Double::sum);
    }
    if (event.is("impression") || event.is("click")) {
      String kind = event.type() + "s";
      add(fact.day(), campaign, "gross_" + kind, 1);
      add(fact.day(), campaign, fact.valid() ? kind : "invalid_" + kind, 1);
      if (fact.valid()) {
        addPerson(fact, campaign, event.is("click") ? "people_clicked" : "reach");
      }
    }
    if (fact.valid("impression") && event.viewable() != null) {
      add(fact.day(), campaign, "measured_impressions", 1);
      add(fact.day(), campaign, "viewable_impressions", event.viewable() ? 1 : 0);
    }
  }

  /** What the table says of a campaign's day is true, whatever its events cost. */
  private void addSpend(NaiveRules rules) {
    for (LocalDate day : days) {
      rules
          .campaigns()
          .spend()
          .forEach(
              (key, spend) -> {
                if (key.startsWith(day + " | ")) {
                  add(day, key.substring(key.lastIndexOf(" | ") + 3), "impressions", 0);
                  costs.put(key, spend);
                }
              });
    }
  }

  /** Facts of one visit, in any order. */
  private void addVisit(List<Fact> facts) {
    List<Fact> visit = new ArrayList<>(facts);
    visit.sort((a, b) -> NaiveFacts.ORDER.compare(a.event(), b.event()));
    double seconds =
        visit.stream()
            .map(f -> f.event().seconds())
            .filter(Objects::nonNull)
            .reduce(0.0, Double::sum);
    List<Fact> pages = visit.stream().filter(f -> f.valid("page_view")).toList();
    boolean engaged =
        seconds > 10 || pages.size() >= 2 || visit.stream().anyMatch(f -> f.valid("conversion"));
    for (String campaign : landedFor(visit, pages)) {
      add(visit.get(0).day(), campaign, "landed_sessions", 1);
      add(visit.get(0).day(), campaign, "engaged_sessions", engaged ? 1 : 0);
      addPerson(visit.get(0), campaign, "people_landed");
    }
  }

  /**
   * The campaigns that pages name; and the first that a click or page brought, for pages after it
   * that name none.
   */
  private static Collection<String> landedFor(List<Fact> visit, List<Fact> pages) {
    Set<String> landed = new TreeSet<>();
    Fact brought =
        visit.stream()
            .filter(f -> f.valid("click") || f.valid("page_view"))
            .filter(f -> f.event().campaign() != null)
            .findFirst()
            .orElse(null);
    for (Fact page : pages) {
      if (page.event().campaign() != null) {
        landed.add(page.event().campaign());
      } else if (brought == null) {
        landed.add(NaiveJourneys.NOBODY);
      } else if (NaiveFacts.ORDER.compare(brought.event(), page.event()) < 0) {
        landed.add(brought.event().campaign());
      }
    }
    return landed;
  }

  /** Ratios of what a row holds already. */
  static void addRates(Cells cells, String key) {
    Double spend = cells.get(key, "spend");
    Double impressions = cells.get(key, "impressions");
    cells.set(key, "ctr", NaiveMath.ratio(cells.get(key, "clicks"), impressions));
    cells.set(key, "cvr", NaiveMath.ratio(cells.get(key, "conversions"), cells.get(key, "clicks")));
    cells.set(key, "cpm", NaiveMath.ratio(spend == null ? null : 1000 * spend, impressions));
    cells.set(key, "cpc", NaiveMath.ratio(spend, cells.get(key, "clicks")));
    cells.set(key, "cpa", NaiveMath.ratio(spend, cells.get(key, "conversions")));
    cells.set(key, "roas", NaiveMath.ratio(cells.get(key, "value"), spend));
  }
}
