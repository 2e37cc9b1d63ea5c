package dev.throughline.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds keys that no default declares, and the declared key that is spelled most like each. */
final class UnknownKeys {
  /** Below these keys the user chooses the names. */
  private static final Set<String> OPEN =
      Set.of(ConfigLoader.ROOT + ".spark", ConfigLoader.ROOT + ".attribution.custom-models");

  private final Set<String> known = new TreeSet<>();
  private final Set<String> groups = new TreeSet<>();
  private final Problems problems;

  UnknownKeys(ConfigObject defaults, Problems problems) {
    this.problems = problems;
    collect("", defaults);
  }

  private void collect(String prefix, ConfigObject object) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = prefix + entry.getKey();
      known.add(key);
      if (entry.getValue() instanceof ConfigObject child) {
        groups.add(key);
        collect(key + ".", child);
      }
    }
  }

  /**
   * Reports unknown keys, values in the place of groups of keys, and groups in the place of values.
   *
   * @return whether values and groups are where they belong, so that values can be read
   */
  boolean check(ConfigObject user) {
    return check("", user);
  }

  private boolean check(String prefix, ConfigObject object) {
    boolean shaped = true;
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = prefix + ConfigUtil.quoteString(entry.getKey()).replace("\"", "");
      ConfigValue value = entry.getValue();
      if (!known.contains(key)) {
        problems.add(key, "unknown key; did you mean " + nearest(key) + "?", origin(value));
      } else if (groups.contains(key) != value instanceof ConfigObject) {
        shaped = false;
        problems.add(
            key,
            groups.contains(key)
                ? "is " + value.unwrapped() + ", but it holds keys"
                : "holds keys, but must be a value",
            origin(value));
      } else if (!OPEN.contains(key) && value instanceof ConfigObject child) {
        shaped &= check(key + ".", child);
      }
    }
    return shaped;
  }

  /** A group that was made for one flag does not know of the flag, but its value does. */
  private static ConfigOrigin origin(ConfigValue value) {
    return value instanceof ConfigObject object && !object.isEmpty()
        ? origin(object.values().iterator().next())
        : value.origin();
  }

  private String nearest(String key) {
    return known.stream()
        .min(Comparator.<String>comparingInt(k -> distance(key, k)).thenComparing(k -> k))
        .orElseThrow();
  }

  /** Levenshtein distance: the insertions, deletions and substitutions that lead from a to b. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
