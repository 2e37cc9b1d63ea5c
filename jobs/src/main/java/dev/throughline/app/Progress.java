package dev.throughline.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Says what a command is doing and how long each step took; steps may go on side by side. */
final class Progress {
  private final PrintWriter out;
  private final Instant start = Instant.now();
  private final Map<String, Object> seconds = Collections.synchronizedMap(new LinkedHashMap<>());

  Progress(PrintWriter out) {
    this.out = out;
  }

  /** Does a step, and says so before and after. */
  <T> T step(String name, Supplier<T> work, Function<T, String> result) {
    Instant begun = Instant.now();
    say(String.format(Locale.ROOT, "%6.1f s  %s …", since(start), name));
    T done = work.get();
    double took = since(begun);
    String found = result.apply(done);
    seconds.put(name, Math.round(took * 1000) / 1000.0);
    say(String.format(Locale.ROOT, "%6.1f s  %s: %s (%.1f s)", since(start), name, found, took));
    return done;
  }

  /** A line at a time, since steps may go on side by side. */
  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Says something the user may want to know. */
  void note(String message) {
    say("            " + message);
  }

  /** Says something the user should look at. */
  void warn(String message) {
    say("   warning  " + message);
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
