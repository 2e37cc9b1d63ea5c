package dev.throughline.reference;

import dev.throughline.reference.NaiveFacts.Fact;
import dev.throughline.reference.NaiveModels.Touch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which conversions count, what touched them, and who is credited: every conversion on its own. */
final class NaiveJourneys {

  /** Part of a conversion that a member is given by a model. */
  record Credit(Fact conversion, String dimension, String member, String model, double part) {
    double value() {
      return part * worth(conversion.event());
    }
  }

  static final String NOBODY = "(unattributed)";

  final List<Fact> recorded;
  final Set<Fact> repeatedOrders = new HashSet<>();
  final Set<Fact> repeatedByUser = new HashSet<>();
  final List<Fact> counted = new ArrayList<>();
  final List<Fact> capped = new ArrayList<>();
  final List<Credit> credits = new ArrayList<>();

  /** The touches of every conversion that counts, oldest first. */
  final Map<Fact, List<RawEvent>> touches = new HashMap<>();

  /** Valid events of known people who did not refuse, in order. */
  final Map<String, List<RawEvent>> byUser;

  private final NaiveRules rules;

  NaiveJourneys(NaiveFacts facts, NaiveRules rules) {
    this.rules = rules;
    this.recorded =
        facts.facts.stream()
            .filter(fact -> fact.valid("conversion"))
            .sorted((a, b) -> NaiveFacts.ORDER.compare(a.event(), b.event()))
            .toList();
    this.byUser =
        NaiveFacts.group(
            facts.facts.stream()
                .filter(Fact::valid)
                .map(Fact::event)
                .filter(RawEvent::joinable)
                .sorted(NaiveFacts.ORDER)
                .toList(),
            RawEvent::user);
    count();
    for (Fact conversion : counted) {
      credit(conversion);
    }
  }

  static double worth(RawEvent conversion) {
    BigDecimal value = conversion.value();
    return value == null ? 0 : value.doubleValue();
  }

  private void count() {
    Set<List<Object>> orders = new HashSet<>();
    Map<List<String>, Long> last = new HashMap<>();
    long lookback = NaiveRules.micros(rules.clickLookback());
    for (Fact fact : recorded) {
      RawEvent event = fact.event();
      boolean newOrder =
          event.order() == null || orders.add(List.of(fact.day(), event.name(), event.order()));
      boolean again = false;
      if (event.joinable() && rules.oncePerUser().contains(event.name())) {
        Long before = last.put(List.of(event.user(), event.name()), event.time());
        again = before != null && event.time() - before <= lookback;
      }
      if (!newOrder) {
        repeatedOrders.add(fact);
      } else if (again) {
        repeatedByUser.add(fact);
      } else {
        counted.add(fact);
      }
    }
  }

  private void credit(Fact conversion) {
    RawEvent event = conversion.event();
    List<RawEvent> before = new ArrayList<>();
    if (event.joinable()) {
      byUser.get(event.user()).stream()
          .filter(other -> NaiveFacts.ORDER.compare(other, event) < 0)
          .forEach(before::add);
    }
    List<RawEvent> all = eligible(before, event.time());
    if (all.size() > rules.maxTouches()) {
      capped.add(conversion);
    }
    List<RawEvent> journey = latest(all);
    touches.put(conversion, journey);
    int lead = leadTouch(before, journey);
    List<String> models = new ArrayList<>(NaiveRules.RULES);
    models.addAll(rules.learning().custom().keySet());
    for (String model : models) {
      share(conversion, model, "campaign", journey, lead);
      share(conversion, model, "channel", journey, lead);
    }
  }

  /** The touches among events that are eligible at an instant, less views whose click is there. */
  List<RawEvent> eligible(List<RawEvent> events, long instant) {
    List<RawEvent> found = new ArrayList<>(events);
    found.removeIf(touch -> !eligible(touch, instant));
    Set<String> clicked = new HashSet<>();
    found.stream().filter(touch -> touch.is("click")).forEach(c -> clicked.add(c.impression()));
    clicked.remove(null);
    found.removeIf(touch -> touch.is("impression") && clicked.contains(touch.impression()));
    return found;
  }

  /** As many of the latest as a journey holds. */
  List<RawEvent> latest(List<RawEvent> journey) {
    return journey.subList(Math.max(0, journey.size() - rules.maxTouches()), journey.size());
  }

  private boolean eligible(RawEvent touch, long instant) {
    long age = instant - touch.time();
    if (touch.campaign() == null) {
      return false;
    }
    if (touch.is("click")) {
      return age <= NaiveRules.micros(rules.clickLookback());
    }
    return touch.is("impression")
        && !Boolean.FALSE.equals(touch.viewable())
        && age <= NaiveRules.micros(rules.viewLookback());
  }

  /** The milestone is the earliest lead after the journey's first touch. */
  private static int leadTouch(List<RawEvent> before, List<RawEvent> journey) {
    if (journey.isEmpty()) {
      return -1;
    }
    for (RawEvent lead : before) {
      boolean marks =
          (lead.is("engagement") || lead.is("conversion"))
              && NaiveRules.LEADS.contains(lead.name());
      if (marks && NaiveFacts.ORDER.compare(lead, journey.get(0)) > 0) {
        return (int) journey.stream().filter(t -> NaiveFacts.ORDER.compare(t, lead) < 0).count()
            - 1;
      }
    }
    return -1;
  }

  private void share(
      Fact conversion, String model, String dimension, List<RawEvent> journey, int lead) {
    if (journey.isEmpty()) {
      credits.add(new Credit(conversion, dimension, NOBODY, model, 1));
      return;
    }
    List<String> members = members(dimension, journey);
    if (model.equals("participation")) {
      for (String member : new HashSet<>(members)) {
        credits.add(new Credit(conversion, dimension, member, model, 1));
      }
      return;
    }
    List<Touch> plain =
        journey.stream()
            .map(t -> new Touch(t.is("click"), channel(t), conversion.event().time() - t.time()))
            .toList();
    double halfLife = NaiveRules.micros(rules.halfLife());
    NaiveRules.Custom custom = rules.learning().custom().get(model);
    double[] parts =
        custom == null
            ? NaiveModels.credit(model, plain, lead, halfLife)
            : NaiveModels.credit(custom, plain);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] > 0) {
        credits.add(new Credit(conversion, dimension, members.get(i), model, parts[i]));
      }
    }
  }

  List<String> members(String dimension, List<RawEvent> journey) {
    return journey.stream()
        .map(t -> dimension.equals("campaign") ? t.campaign() : channel(t))
        .toList();
  }

  private String channel(RawEvent touch) {
    String described = rules.channels().get(touch.campaign());
    if (described != null) {
      return described;
    }
    return touch.channel() != null ? touch.channel() : "(unknown)";
  }
}
