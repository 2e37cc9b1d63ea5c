package dev.throughline.config;

import com.typesafe.config.ConfigOrigin;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with a configuration, so that the user sees all of it at once. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String key, String message) {
    found.add(key + ": " + message);
  }

  void add(String key, String message, ConfigOrigin origin) {
    found.add(key + ": " + message + " (" + origin.description() + ")");
  }

  /** Throws one exception with every problem, if there is any. */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    String head =
        found.size() == 1
            ? "The configuration has a problem:"
            : "The configuration has " + found.size() + " problems:";
    throw new ThroughlineException(
        ErrorKind.CONFIG,
        head
            + "\n  - "
            + String.join("\n  - ", found)
            + "\nEvery key, its default and its unit are in conf/throughline.conf.");
  }
}
