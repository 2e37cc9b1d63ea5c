package dev.throughline.bench;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Says what is being done, to whoever waits. */
final class Progress {
  private Progress() {}

  static void say(String what) {
    System.err.println(
        "bench: "
            + LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
            + " "
            + what);
  }
}
