package dev.throughline.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** The columns that reading takes out of files, and whether a file's can be read as these. */
final class NeededColumns {
  private NeededColumns() {}

  /** Names and types of what the plan takes out of the files; of nested columns, only that part. */
  static List<StructField> of(Dataset<Row> used) {
    Set<String> names = new TreeSet<>();
    LogicalPlan plan = used.queryExecution().optimizedPlan();
    gather(plan, names);
    List<StructField> needed = new ArrayList<>();
    for (LogicalPlan leaf : JavaConverters.seqAsJavaList(plan.collectLeaves())) {
      for (StructField column : leaf.schema().fields()) {
        if (names.contains(column.name())) {
          needed.add(column);
        }
      }
    }
    return needed;
  }

  private static void gather(LogicalPlan plan, Set<String> names) {
    JavaConverters.asJavaCollection(plan.references().toSeq())
        .forEach(column -> names.add(column.name()));
    JavaConverters.seqAsJavaList(plan.children()).forEach(child -> gather(child, names));
  }

  /** Whether a column of a file can be read by a type; parts that the file lacks are NULL. */
  static boolean reads(DataType wanted, DataType found) {
    if (wanted instanceof StructType fields && found instanceof StructType inFile) {
      Map<String, DataType> types = new HashMap<>();
      for (StructField field : inFile.fields()) {
        types.put(field.name().toLowerCase(Locale.ROOT), field.dataType());
      }
      for (StructField field : fields.fields()) {
        DataType type = types.get(field.name().toLowerCase(Locale.ROOT));
        if (type != null && !reads(field.dataType(), type)) {
          return false;
        }
      }
      return true;
    }
    if (wanted instanceof ArrayType many && found instanceof ArrayType inFile) {
      return reads(many.elementType(), inFile.elementType());
    }
    if (wanted instanceof MapType many && found instanceof MapType inFile) {
      return reads(many.keyType(), inFile.keyType()) && reads(many.valueType(), inFile.valueType());
    }
    if (wanted instanceof DecimalType money && found instanceof DecimalType inFile) {
      // Spark reads the smaller rightly, or fails, by how it is stored.
      return money.scale() == inFile.scale() && money.precision() >= inFile.precision();
    }
    return wanted.equals(found);
  }
}
