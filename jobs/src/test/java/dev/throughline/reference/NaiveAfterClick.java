package dev.throughline.reference;

import dev.throughline.reference.NaiveFacts.Fact;
import dev.throughline.reference.NaivePeople.PersonDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What people did after their clicks, campaign by campaign. */
final class NaiveAfterClick {
  static final List<String> COLUMNS =
      List.of(
          "clicks",
          "followed_clicks",
          "landed_clicks",
          "click_to_landing_rate",
          "landed_sessions",
          "engaged_sessions",
          "engaged_rate",
          "bounce_rate",
          "page_views",
          "pages_per_session",
          "median_engagement_seconds",
          "engagement_events",
          "converting_sessions",
          "same_session_conversion_rate",
          "return_visits");

  private final Cells cells = new Cells();
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  private NaiveAfterClick() {}

  static Cells of(NaiveTables tables, NaivePeople people, List<LocalDate> days) {
    NaiveAfterClick after = new NaiveAfterClick();
    for (Fact fact : tables.facts.facts) {
      String campaign = fact.event().campaign();
      if (fact.valid("click") && campaign != null && days.contains(fact.day())) {
        String key = after.row(fact.day(), campaign);
        after.cells.add(key, "clicks", 1);
        after.cells.add(key, "followed_clicks", NaivePeople.followed(fact) ? 1 : 0);
      }
    }
    for (PersonDay person : people.all) {
      if (days.contains(person.day)) {
        for (String campaign : person.campaigns()) {
          after.add(person, campaign);
        }
      }
    }
    after.seconds.keySet().forEach(after::addRates);
    return after.cells;
  }

  private String row(LocalDate day, String campaign) {
    String key = Cells.key(day, campaign);
    if (seconds.putIfAbsent(key, new ArrayList<>()) == null) {
      COLUMNS.forEach(column -> cells.set(key, column, 0.0));
    }
    return key;
  }

  private void add(PersonDay person, String campaign) {
    Set<String> visits = new TreeSet<>();
    for (int i = 0; i < person.events.size(); i++) {
      if (person.is(i, "click") && person.names(i, campaign) && person.sessionOf(i) != null) {
        cells.add(row(person.day, campaign), "landed_clicks", 1);
        visits.add(person.sessionOf(i));
      }
      if (person.returns(i, campaign)) {
        cells.add(row(person.day, campaign), "return_visits", 1);
      }
    }
    for (String visit : visits) {
      addVisit(person, visit, row(person.day, campaign));
    }
  }

  private void addVisit(PersonDay person, String visit, String key) {
    double time = 0;
    boolean engaged = false;
    boolean converted = false;
    for (int i = 0; i < person.events.size(); i++) {
      if (visit.equals(person.visit(i))) {
        Double foreground = person.event(i).seconds();
        time += foreground == null ? 0 : foreground;
        engaged = person.engaged(i);
        converted |= person.counts(i);
        cells.add(key, "page_views", person.is(i, "page_view") ? 1 : 0);
        cells.add(key, "engagement_events", person.is(i, "engagement") ? 1 : 0);
      }
    }
    cells.add(key, "landed_sessions", 1);
    cells.add(key, "engaged_sessions", engaged ? 1 : 0);
    cells.add(key, "converting_sessions", converted ? 1 : 0);
    seconds.get(key).add(time);
  }

  private void addRates(String key) {
    Double sessions = cells.get(key, "landed_sessions");
    Map<String, Double> rates = new TreeMap<>();
    rates.put(
        "click_to_landing_rate",
        NaiveMath.ratio(cells.get(key, "landed_clicks"), cells.get(key, "followed_clicks")));
    Double engaged = NaiveMath.ratio(cells.get(key, "engaged_sessions"), sessions);
    rates.put("engaged_rate", engaged);
    rates.put("bounce_rate", engaged == null ? null : (Double) (1 - engaged));
    rates.put("pages_per_session", NaiveMath.ratio(cells.get(key, "page_views"), sessions));
    rates.put("median_engagement_seconds", NaiveMath.median(seconds.get(key)));
    rates.put(
        "same_session_conversion_rate",
        NaiveMath.ratio(cells.get(key, "converting_sessions"), sessions));
    rates.forEach((column, rate) -> cells.set(key, column, rate));
  }
}
