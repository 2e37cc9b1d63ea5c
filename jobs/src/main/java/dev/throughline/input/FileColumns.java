package dev.throughline.input;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a Parquet file as Spark sees them, by what the file holds and not by what a writer
 * noted beside it.
 */
final class FileColumns {
  private final ParquetToSparkSchemaConverter converter;
  private final Optional<ColumnChunks> chunks;

  /** Paths of the columns of type null, which Parquet's own reader takes for numbers. */
  private final Set<List<String>> nulls = new HashSet<>();

  private FileColumns(ParquetToSparkSchemaConverter converter, Optional<ColumnChunks> chunks) {
    this.converter = converter;
    this.chunks = chunks;
  }

  /**
   * By name in small letters.
   *
   * @param raw the footer as it is written; empty where it is encrypted
   */
  static Map<String, FileColumn> of(
      MessageType schema,
      Optional<FileMetaData> raw,
      Optional<ColumnChunks> chunks,
      ParquetToSparkSchemaConverter converter) {
    FileColumns columns = new FileColumns(converter, chunks);
    raw.ifPresent(
        footer -> {
          Iterator<SchemaElement> elements = footer.getSchema().iterator();
          elements.next();
          schema.getFields().forEach(field -> columns.findNulls(field, List.of(), elements));
        });
    Map<String, FileColumn> found = new LinkedHashMap<>();
    for (Type field : schema.getFields()) {
      String key = field.getName().toLowerCase(Locale.ROOT);
      FileColumn first = found.get(key);
      found.put(
          key,
          first == null
              ? columns.column(field)
              : first.withProblem(
                  "is there twice, as "
                      + first.name()
                      + " and "
                      + field.getName()
                      + ", which differ only by case: write the file with one of them, or with"
                      + " another name for the other"));
    }
    return found;
  }

  private void findNulls(Type type, List<String> above, Iterator<SchemaElement> elements) {
    SchemaElement element = elements.next();
    List<String> path = below(above, type);
    if (element.isSetLogicalType() && element.getLogicalType().isSetUNKNOWN()) {
      nulls.add(path);
    }
    if (!type.isPrimitive()) {
      type.asGroupType().getFields().forEach(field -> findNulls(field, path, elements));
    }
  }

  private static List<String> below(List<String> above, Type type) {
    List<String> path = new ArrayList<>(above);
    path.add(type.getName());
    return List.copyOf(path);
  }

  private FileColumn column(Type field) {
    Optional<DataType> type = Optional.empty();
    Optional<String> problem;
    try {
      type = Optional.of(type(field, List.of()));
      problem = chunks.flatMap(all -> all.problem(field.getName()));
      boolean values = chunks.map(all -> all.hasValues(field.getName())).orElse(false);
      if (type.get() == DataTypes.NullType && values) {
        type = Optional.empty();
        problem =
            Optional.of("is of type null and has values: its footer is damaged. Deliver it again");
      }
    } catch (Exception e) {
      problem = Optional.of(unread(field));
    }
    return new FileColumn(
        field.getName(),
        type,
        problem,
        chunks.map(all -> all.onlyNulls(field.getName())).orElse(false),
        milliseconds(field),
        chunks.map(all -> all.byRows(field.getName())).orElse(false));
  }

  private static String unread(Type field) {
    return "is "
        + field.toString().lines().findFirst().orElse("").replaceAll(" \\{$", "")
        + ", a type that Spark does not read: write it as another type, for instance as text, or"
        + " map another column";
  }

  /**
   * Spark's type. Parts of a group that Spark has no type for are left out, since readers need not
   * touch them.
   */
  private DataType type(Type type, List<String> above) throws Exception {
    List<String> path = below(above, type);
    boolean plainGroup =
        !type.isPrimitive()
            && type.getLogicalTypeAnnotation() == null
            && !type.isRepetition(Type.Repetition.REPEATED);
    if (plainGroup) {
      return struct(type.asGroupType(), path);
    }
    return allNull(type, path) ? DataTypes.NullType : converted(type);
  }

  private DataType struct(GroupType group, List<String> path) throws Exception {
    StructType struct = new StructType();
    Exception failed = null;
    for (Type field : group.getFields()) {
      try {
        struct = struct.add(field.getName(), type(field, path));
      } catch (Exception e) {
        failed = e;
      }
    }
    if (struct.isEmpty() && failed != null) {
      throw failed;
    }
    return struct;
  }

  private boolean allNull(Type type, List<String> path) {
    return type.isPrimitive()
        ? nulls.contains(path)
        : type.asGroupType().getFields().stream()
            .allMatch(field -> allNull(field, below(path, field)));
  }

  /** Spark's exception is checked, but its method does not declare it. */
  private DataType converted(Type type) throws Exception {
    return converter.convert(new MessageType("file", type)).fields()[0].dataType();
  }

  private static boolean milliseconds(Type type) {
    return type.isPrimitive()
        && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64
        && type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
        && timestamp.getUnit() == TimeUnit.MILLIS;
  }
}
