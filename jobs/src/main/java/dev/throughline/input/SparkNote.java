package dev.throughline.input;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * The schema that Spark notes beside the one of the file. It is not read by, since other tools copy
 * it to files of other columns; but where it speaks of a column of the file it has to agree.
 */
final class SparkNote {
  private static final String KEY = "org.apache.spark.sql.parquet.row.metadata";

  private SparkNote() {}

  /** Why the types of some columns are in doubt, by their names in small letters. */
  static Map<String, String> doubts(FileMetaData footer, Map<String, FileColumn> columns) {
    Map<String, String> doubts = new HashMap<>();
    String note = footer.getKeyValueMetaData().get(KEY);
    StructType noted;
    try {
      noted = note == null ? new StructType() : (StructType) DataType.fromJson(note);
    } catch (RuntimeException e) {
      // Whoever wrote it, Spark reads the file without it.
      return doubts;
    }
    for (StructField field : noted.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      FileColumn typed = columns.get(name);
      if (typed == null || !comparable(field.dataType())) {
        continue;
      }
      DataType found = typed.type().orElse(null);
      boolean optional =
          footer.getSchema().getType(typed.name()).isRepetition(Type.Repetition.OPTIONAL);
      if (!field.dataType().equals(found)) {
        doubts.put(name, doubt(described(found) + ", where Spark wrote " + field.dataType().sql()));
      } else if (field.nullable() != optional
          && String.valueOf(footer.getCreatedBy()).startsWith("parquet-mr")) {
        doubts.put(
            name, doubt((optional ? "optional" : "required") + ", where Spark wrote otherwise"));
      }
    }
    return doubts;
  }

  private static String doubt(String what) {
    return "is " + what + ": its footer is damaged. Deliver it again";
  }

  /** What Parquet has no type of its own for is another one in the file. */
  private static boolean comparable(DataType type) {
    return type instanceof AtomicType
        && !(type instanceof BinaryType)
        && !(type instanceof DayTimeIntervalType)
        && !(type instanceof YearMonthIntervalType);
  }

  private static String described(DataType type) {
    return type == null ? "of no type that Spark reads" : type.sql();
  }
}
