package dev.throughline.person;

import dev.throughline.config.Settings.InvalidTraffic;
import java.io.Serializable;

/**
 * The rules of invalid traffic that look at other rows of the visitor.
 *
 * @param eventsPerHour events of a person in a clock hour beyond which the hour is invalid; 0:
 *     there is no limit
 * @param doubleClickWindow microseconds after a click within which another on the same campaign is
 *     invalid; 0: none is
 */
record TrafficRules(int eventsPerHour, long doubleClickWindow) implements Serializable {
  private static final long serialVersionUID = 1L;

  static TrafficRules of(InvalidTraffic settings) {
    return new TrafficRules(
        settings.eventsPerHour(), settings.doubleClickWindow().toNanos() / 1000);
  }
}
