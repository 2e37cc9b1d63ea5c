package dev.throughline.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The queries of this package's resources, with their parameters filled in. */
final class Sql {
  private Sql() {}

  /**
   * The text of a query.
   *
   * @param name its file, without {@code .sql}
   * @param values what stands for each <code>${name}</code>
   */
  static String of(String name, Map<String, String> values) {
    String text = text(name);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    if (text.contains("${")) {
      throw new IllegalStateException(name + ".sql has a parameter without a value:\n" + text);
    }
    return text;
  }

  /** The statements of a file, which end with a semicolon at the end of a line. */
  static List<String> statements(String name, Map<String, String> values) {
    return Arrays.stream(of(name, values).split(";\\n", -1))
        .filter(statement -> !statement.isBlank())
        .toList();
  }

  private static String text(String name) {
    try (InputStream in = Sql.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no query " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
