package dev.throughline.person;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventOrderTest {
  @Test
  void placesGoByDayAndThenByTime() {
    Random random = new Random(9);
    // Goose Bay put its clock back at a minute past midnight, Juneau and Manila by a day.
    for (String id :
        new String[] {
          "UTC", "America/Goose_Bay", "America/Juneau", "Asia/Manila", "Pacific/Apia", "+18:00"
        }) {
      ZoneDays days = new ZoneDays(ZoneId.of(id));
      for (long around : new long[] {1_320_552_060L, -3_225_223_727L, -3_944_621_033L, 0}) {
        for (int i = 0; i < 2000; i++) {
          long one = (around + random.nextInt(400_000) - 200_000) * 1_000_000;
          long other = (around + random.nextInt(400_000) - 200_000) * 1_000_000;
          int day = days.of(one);
          int otherDay = days.of(other);
          int order = day == otherDay ? Long.compare(one, other) : Integer.compare(day, otherDay);
          assertEquals(
              order,
              Long.compare(EventOrder.place(day, one), EventOrder.place(otherDay, other)),
              id + " " + one + " " + other);
        }
      }
    }
  }
}
