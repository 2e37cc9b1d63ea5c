package dev.throughline.model;

import dev.throughline.model.JourneySweep.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The journey of one person that has not converted, from day to day: which part of it each day of
 * the run learns from.
 */
final class OpenJourney {

  /** Is told when days learn from a journey from a day on, or no longer do. */
  @FunctionalInterface
  interface Change {
    /**
     * From a day on.
     *
     * @param times 1 or −1
     * @param members of the touches that are learned from, at least one
     */
    void at(int day, int times, String person, String dimension, List<String> members);
  }

  private final Plan plan;
  private final Change change;
  private String person;
  private int[] days = new int[0];
  private Map<String, List<String>> members = Map.of();
  private int changed;

  /** The first touch that the last day looked at learns from; −1 before any day. */
  private int learned;

  OpenJourney(Plan plan, Change change) {
    this.plan = plan;
    this.change = change;
    forget();
  }

  private void forget() {
    person = null;
    learned = -1;
  }

  /** The journey of the person is another from the end of a day on. */
  void change(int day, String ofPerson, Journey journey) {
    settle(day - 1);
    tell(day, -1, learned);
    forget();
    person = ofPerson;
    changed = day;
    days = Arrays.copyOf(journey.day, journey.size);
    members = new HashMap<>();
    for (String dimension : Journeys.DIMENSIONS) {
      members.put(dimension, new ArrayList<>(journey.members(dimension).list(journey.size)));
    }
  }

  /** After the person's last event. */
  void end() {
    settle(plan.to());
    forget();
  }

  /** Follows the journey through days on which nothing happens but that the first touches pass. */
  private void settle(int until) {
    if (person == null) {
      return;
    }
    for (int day = Math.max(changed, plan.from()); day <= until; day++) {
      int oldest = day - plan.attribution().trainingDays() + 1;
      int first = Math.max(learned, 0);
      while (first < days.length && days[first] < oldest) {
        first++;
      }
      if (first != learned) {
        tell(day, -1, learned);
        tell(day, 1, first);
        learned = first;
      }
    }
  }

  private void tell(int day, int times, int first) {
    if (first < 0 || first == days.length) {
      return;
    }
    for (String dimension : Journeys.DIMENSIONS) {
      List<String> all = members.get(dimension);
      change.at(day, times, person, dimension, all.subList(first, all.size()));
    }
  }
}
