package dev.throughline.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Says what a command is doing and how long each step took. */
final class Progress {
  private final PrintWriter out;
  private final Instant start = Instant.now();
  private final Map<String, Object> seconds = new LinkedHashMap<>();

  Progress(PrintWriter out) {
    this.out = out;
  }

  /** Does a step, and says so before and after. */
  <T> T step(String name, Supplier<T> work, Function<T, String> result) {
    Instant begun = Instant.now();
    out.printf(Locale.ROOT, "%6.1f s  %s …%n", since(start), name);
    out.flush();
    T done = work.get();
    double took = since(begun);
    seconds.put(name, Math.round(took * 1000) / 1000.0);
    out.printf(
        Locale.ROOT, "%6.1f s  %s: %s (%.1f s)%n", since(start), name, result.apply(done), took);
    out.flush();
    return done;
  }

  /** Says something the user should look at. */
  void warn(String message) {
    out.println("   warning  " + message);
    out.flush();
  }

  private static double since(Instant instant) {
    return Duration.between(instant, Instant.now()).toMillis() / 1000.0;
  }

  Instant start() {
    return start;
  }

  /** Seconds since the command began. */
  double elapsed() {
    return since(start);
  }

  /** Seconds by step. */
  Map<String, Object> seconds() {
    return seconds;
  }
}
