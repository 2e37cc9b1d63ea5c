package dev.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tables that a contender has computed: numbers by key, NaN for NULL. A key begins with the
 * name of its table; a row of nothing but zeros is the same as none.
 */
final class Results {
  /** Credit: day, dimension, member, action, model; conversions and value. */
  static final String CREDIT = "credit";

  /**
   * Counts: day, campaign; impressions, viewable impressions, clicks, reach, people who clicked.
   */
  static final String FUNNEL = "funnel";

  /** What a bare scan added up. */
  static final String SCAN = "scan";

  private final Map<String, double[]> rows = new TreeMap<>();

  /** Adds a row; there is one of each key. */
  void put(String table, List<String> key, double... numbers) {
    if (Arrays.stream(numbers).allMatch(number -> number == 0)) {
      return;
    }
    if (rows.put(table + "\t" + String.join("\t", key), numbers) != null) {
      throw new IllegalStateException(table + " has two rows of " + key);
    }
  }

  /** Adds the credit of a member by all models, conversions and value in turn. */
  void putCredit(List<String> key, double... numbers) {
    for (int i = 0; i < Question.MODELS.size(); i++) {
      List<String> full = new ArrayList<>(key);
      full.add(Question.MODELS.get(i));
      put(CREDIT, full, numbers[2 * i], numbers[2 * i + 1]);
    }
  }

  /** Rows by key, in order. */
  Map<String, double[]> rows() {
    return rows;
  }

  /** Writes a line a row. */
  void write(Path file) throws IOException {
    Files.write(
        file,
        rows.entrySet().stream()
            .map(
                row ->
                    row.getKey()
                        + "\t="
                        + Arrays.stream(row.getValue())
                            .mapToObj(Double::toString)
                            .collect(Collectors.joining(";")))
            .toList());
  }

  /** Reads what {@link #write} wrote. */
  static Results read(Path file) throws IOException {
    Results results = new Results();
    for (String line : Files.readAllLines(file)) {
      int end = line.lastIndexOf("\t=");
      results.rows.put(
          line.substring(0, end),
          Arrays.stream(line.substring(end + 2).split(";", -1))
              .mapToDouble(Double::parseDouble)
              .toArray());
    }
    return results;
  }
}
