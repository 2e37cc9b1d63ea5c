package dev.throughline.input;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.table.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Maps a user's columns to logical ones by the Spark SQL expressions of the configuration, and
 * refuses expressions that do not resolve or have a type that would have to be guessed at. All
 * problems are reported at once.
 */
final class ColumnMapping {
  private final String key;
  private final Map<String, String> expressions;
  private final Set<String> custom;
  private final Set<Field> needed;
  private final String timestampZone;

  /**
   * @param key the configuration key that holds the expressions, for messages
   * @param expressions expression by logical column
   * @param custom the columns whose expression is the user's own, which must resolve
   * @param needed the columns that must resolve in any case
   * @param timestampZone the zone of timestamps without a zone
   */
  ColumnMapping(
      String key,
      Map<String, String> expressions,
      Set<String> custom,
      Set<Field> needed,
      String timestampZone) {
    this.key = key;
    this.expressions = expressions;
    this.custom = custom;
    this.needed = needed;
    this.timestampZone = timestampZone;
  }

  /**
   * The logical columns as expressions over the given rows, by field.
   *
   * @throws ThroughlineException of kind INPUT that names every column that is missing or of a
   *     wrong type
   */
  Map<Field, Column> resolve(Dataset<Row> rows, List<Field> fields, String where) {
    Map<Field, Column> resolved = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Field field : fields) {
      String expression = expressions.get(field.name());
      boolean must = needed.contains(field) || custom.contains(field.name());
      DataType type = null;
      String reason = "it is mapped to nothing";
      if (expression != null) {
        try {
          type = rows.select(functions.expr(expression)).schema().fields()[0].dataType();
        } catch (Exception e) {
          if (!(e instanceof AnalysisException)) {
            throw e;
          }
          reason = firstLine(e.getMessage());
        }
      }
      if (type == null || (type instanceof NullType && needed.contains(field))) {
        resolved.put(field, field.as(functions.lit(null)));
        if (must) {
          problems.add(
              key + "." + field.name() + " = \"" + expression + "\" does not resolve: " + reason);
        }
      } else if (accepts(field.type(), type) || textual(rows)) {
        resolved.put(field, field.as(convert(field, type, expression)));
      } else {
        problems.add(
            key
                + "."
                + field.name()
                + " = \""
                + expression
                + "\" is "
                + type.sql()
                + ", but "
                + field.name()
                + " is "
                + field.type().sql()
                + hint(field.type(), expression));
      }
    }
    if (!problems.isEmpty()) {
      throw new ThroughlineException(
          ErrorKind.INPUT,
          "The columns of "
              + where
              + " do not fit their mapping:\n  - "
              + String.join("\n  - ", problems)
              + "\nIt has the columns "
              + String.join(", ", rows.columns())
              + ".");
    }
    return resolved;
  }

  /**
   * Whether a row of the log has a value for the field, before it is brought to the field's type.
   */
  Column given(Dataset<Row> rows, Field field) {
    return field.type() instanceof TimestampType && resolves(rows, field)
        ? Times.given(expressions.get(field.name()))
        : raw(rows, field).isNotNull();
  }

  private boolean resolves(Dataset<Row> rows, Field field) {
    return expressions.containsKey(field.name()) && !raw(rows, field).equals(functions.lit(null));
  }

  /** The user's expression for the field, as it is; NULL where it does not resolve. */
  Column raw(Dataset<Row> rows, Field field) {
    try {
      Column value = functions.expr(expressions.getOrDefault(field.name(), "null"));
      rows.select(value);
      return value;
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        return functions.lit(null);
      }
      throw e;
    }
  }

  /** A text file has no types: what its words mean is the field's to say. */
  private static boolean textual(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .allMatch(column -> column.dataType() instanceof StringType);
  }

  private static boolean accepts(DataType wanted, DataType found) {
    if (found instanceof NullType) {
      return true;
    }
    if (wanted instanceof StringType) {
      return found instanceof StringType || found instanceof IntegralType;
    }
    if (wanted instanceof TimestampType) {
      return found instanceof TimestampType || found instanceof TimestampNTZType;
    }
    if (wanted instanceof DecimalType || wanted instanceof DoubleType) {
      return found instanceof NumericType;
    }
    if (wanted instanceof BooleanType) {
      return found instanceof BooleanType;
    }
    return wanted instanceof DateType && found instanceof DateType;
  }

  private Column convert(Field field, DataType found, String expression) {
    if (found instanceof TimestampNTZType) {
      // The session's zone is UTC, so the cast keeps the wall clock; the shift then gives it its
      // zone.
      Column time = Times.bounded(Times.computed(expression).cast("timestamp"));
      return functions.to_utc_timestamp(time, timestampZone);
    }
    if (found instanceof TimestampType) {
      return Times.bounded(Times.computed(expression));
    }
    Column value = functions.expr(expression);
    // Event types pass as they are, so that a filter on them reaches files of ORC.
    if (field.type() instanceof StringType && !field.equals(Events.EVENT_TYPE)) {
      Column text = value.cast("string");
      return functions.when(text.notEqual(""), text);
    }
    return value;
  }

  private static String hint(DataType wanted, String expression) {
    if (wanted instanceof TimestampType) {
      return "; map it with to_timestamp("
          + expression
          + "), timestamp_micros("
          + expression
          + ") or, for nanoseconds, timestamp_micros("
          + expression
          + " div 1000)";
    }
    return "; map it with cast("
        + expression
        + " as "
        + wanted.sql().toLowerCase(Locale.ROOT)
        + ")";
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
