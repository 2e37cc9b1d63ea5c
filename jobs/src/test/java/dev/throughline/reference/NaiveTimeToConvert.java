package dev.throughline.reference;

import dev.throughline.reference.NaiveJourneys.Credit;
import java.time.LocalDate;
import java.util.List;

/** How long, and how many touches, the credited conversions took. */
final class NaiveTimeToConvert {
  static final List<String> COLUMNS = List.of("conversions", "value");

  private NaiveTimeToConvert() {}

  static Cells of(NaiveTables tables, NaiveRules rules, List<LocalDate> days) {
    Cells cells = new Cells();
    for (Credit credit : tables.journeys.credits) {
      boolean wanted =
          credit.dimension().equals("campaign") && credit.model().equals(rules.funnelModel());
      LocalDate day = credit.conversion().day();
      if (wanted && days.contains(day)) {
        RawEvent conversion = credit.conversion().event();
        List<RawEvent> journey = tables.journeys.touches.get(credit.conversion());
        String elapsed =
            journey.isEmpty() ? "none" : elapsed(conversion.time() - journey.get(0).time());
        String touches = journey.isEmpty() ? "none" : touches(journey.size());
        String row = Cells.key(day, credit.member(), conversion.name());
        for (String key :
            List.of(Cells.key(row, "elapsed", elapsed), Cells.key(row, "touches", touches))) {
          cells.add(key, "conversions", credit.part());
          cells.add(key, "value", credit.value());
        }
      }
    }
    return cells;
  }

  static String elapsed(long micros) {
    long hours = micros / 3_600_000_000L;
    long days = hours / 24;
    if (hours < 1) {
      return "< 1 h";
    }
    if (days < 1) {
      return "< 1 d";
    }
    if (days <= 7) {
      return days + " d";
    }
    if (days <= 14) {
      return "8-14 d";
    }
    return days <= 30 ? "15-30 d" : "31+ d";
  }

  static String touches(int number) {
    if (number <= 3) {
      return Integer.toString(number);
    }
    if (number <= 6) {
      return "4-6";
    }
    return number <= 10 ? "7-10" : "11+";
  }
}
