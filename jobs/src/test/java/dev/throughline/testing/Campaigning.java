package dev.throughline.testing;

import static dev.throughline.testing.Event.event;

import java.util.ArrayList;
import java.util.List;

/**
 * A small log in which every table of a day has rows, with campaigns whose names and ids try to be
 * more than text.
 */
public final class Campaigning {
  public static final String DAY = "2026-10-31";

  /** Ids as well as names: a campaign that is not described is shown by its id. */
  public static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "</script><script>alert(2)</script><!--",
          "\"'`&amp;<b>${alert(3)}</b>{{script}}",
          "<img src=x onerror=alert(4)>",
          "{a|rich} {b} {c}",
          "🦊 fox 👩‍👩‍👧",
          "line\u2028paragraph\u2029end",
          "حملة الخريف \u202eabc",
          "back\\slash > arrow",
          "long ".repeat(60) + "W".repeat(120));

  private Campaigning() {}

  /** Every campaign is seen and clicked by some people, of whom fewer and fewer go on. */
  public static Scenario log(Scenario scenario) {
    List<Event> events = new ArrayList<>();
    List<String> described = new ArrayList<>();
    for (int c = 0; c < HOSTILE.size(); c++) {
      String id = c % 2 == 0 ? "k" + c : HOSTILE.get(c);
      if (c % 2 == 0) {
        described.add(
            id + ",\"" + HOSTILE.get(c).replace("\"", "\"\"") + "\",social,conversion,20");
      }
      for (int person = 0; person < 12 + 2 * c; person++) {
        events.addAll(visit(id, c, "p" + c + "-" + person, person));
      }
    }
    // Many impressions that bring nothing: vanity.
    for (int i = 0; i < 2000; i++) {
      events.add(at(event().impression().campaign("big"), i % 600).user("q" + i % 300));
    }
    described.add("big,Big Numbers,display,brand,");
    events.add(event().conversion("sign_up").user("nobody"));
    return scenario
        .events(events)
        .campaigns(described.toArray(String[]::new))
        .spend(DAY + ",k0,100.50,EUR", DAY + ",big,900,EUR");
  }

  private static List<Event> visit(String id, int c, String user, int person) {
    List<Event> events = new ArrayList<>();
    String other = "k" + 2 * (person % 5);
    events.add(at(event().impression().viewable(person % 4 != 0), 1).campaign(id).user(user));
    if (person % 3 == 0) {
      events.add(at(event().click(), 2).campaign(other).user(user));
    }
    if (person % 2 == 0) {
      events.add(at(event().click(), 10 + person).campaign(id).user(user));
      events.add(at(event().pageView(), 11 + person).campaign(id).user(user).seconds(person));
    }
    if (person % 4 == 0) {
      events.add(at(event().engagement("add_to_cart"), 12 + person).user(user));
    }
    if (person % 4 == 0 && c < 8) {
      events.add(
          at(event().conversion(person % 8 == 0 ? "purchase" : "sign_up"), 14 + person)
              .user(user)
              .value(String.valueOf(10 + c)));
    }
    return events;
  }

  private static Event at(Event event, int minutes) {
    return event.at(DAY + " %02d:%02d".formatted(8 + minutes / 60, minutes % 60));
  }
}
