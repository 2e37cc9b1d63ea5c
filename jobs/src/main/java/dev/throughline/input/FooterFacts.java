package dev.throughline.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * What a footer says more than once, or what cannot be. Nobody else looks: readers take the one
 * place that they need, and read other rows, or none, where it is damaged.
 */
final class FooterFacts {
  private final FileMetaData raw;
  private final ParquetMetadata parsed;
  private final long end;
  private final Map<List<String>, ColumnDescriptor> columns = new HashMap<>();

  /**
   * @param raw the footer as it is written
   * @param parsed the same as Parquet understands it
   * @param end where it begins; rows lie before
   */
  FooterFacts(FileMetaData raw, ParquetMetadata parsed, long end) {
    this.raw = raw;
    this.parsed = parsed;
    this.end = end;
    for (ColumnDescriptor column : parsed.getFileMetaData().getSchema().getColumns()) {
      columns.put(Arrays.asList(column.getPath()), column);
    }
  }

  /**
   * The first contradiction.
   *
   * @param inSplits what is read where a file is read in splits
   */
  Optional<String> contradiction(ParquetMetadata inSplits) {
    long found = withRows(inSplits);
    long all = withRows(parsed);
    if (found != all) {
      return Optional.of((all - found) + " of its " + all + " row groups lie outside it");
    }
    long rows = raw.getRow_groups().stream().mapToLong(RowGroup::getNum_rows).sum();
    if (rows != raw.getNum_rows()) {
      return Optional.of("it has " + raw.getNum_rows() + " rows, and its row groups have " + rows);
    }
    // A chunk without values has no place: writers give any.
    List<ColumnMetaData> chunks = new ArrayList<>();
    for (RowGroup group : raw.getRow_groups()) {
      if (group.getNum_rows() < 0 || group.getColumns().size() != columns.size()) {
        return Optional.of("a row group has not the columns of the schema");
      }
      for (ColumnChunk chunk : group.getColumns()) {
        ColumnMetaData data = chunk.getMeta_data();
        if (data == null) {
          return Optional.of("the place of a column's values is not in it");
        }
        if (data.getNum_values() != 0) {
          chunks.add(data);
        }
        Optional<String> wrong = wrong(data, group.getNum_rows());
        if (wrong.isPresent()) {
          return wrong.map(what -> "column " + String.join(".", data.getPath_in_schema()) + what);
        }
      }
    }
    return types().or(() -> overlap(chunks));
  }

  private static long withRows(ParquetMetadata footer) {
    return footer.getBlocks().stream().filter(group -> group.getRowCount() > 0).count();
  }

  private Optional<String> wrong(ColumnMetaData chunk, long rows) {
    ColumnDescriptor column = columns.get(chunk.getPath_in_schema());
    if (column == null) {
      return Optional.of(" is not in the schema");
    }
    boolean flat = column.getMaxRepetitionLevel() == 0;
    if (flat ? chunk.getNum_values() != rows : chunk.getNum_values() < rows) {
      return Optional.of(
          " has " + chunk.getNum_values() + " values in a row group of " + rows + " rows");
    }
    PrimitiveType type = column.getPrimitiveType();
    if (!chunk.getType().name().equals(written(type))) {
      return Optional.of(" is " + type + " in the schema and " + chunk.getType() + " in its pages");
    }
    boolean plain = chunk.getCodec() == CompressionCodec.UNCOMPRESSED;
    if (plain && chunk.getTotal_compressed_size() != chunk.getTotal_uncompressed_size()) {
      return Optional.of(" is not compressed, but has another length when it is");
    }
    Statistics statistics = chunk.getStatistics();
    if (statistics != null && statistics.isSetNull_count()) {
      long nulls = statistics.getNull_count();
      boolean possible = nulls >= 0 && nulls <= chunk.getNum_values();
      if (!possible || (nulls > 0 && column.getMaxDefinitionLevel() == 0)) {
        return Optional.of(" has " + nulls + " NULLs in " + type);
      }
    }
    // Least and greatest values of other types may be cut short.
    if (statistics != null
        && statistics.isSetMin_value()
        && type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation
        && type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
        && statistics.getMin_value().length != type.getTypeLength()) {
      return Optional.of(" holds values of another length than " + type);
    }
    return Optional.empty();
  }

  private static String written(PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BINARY -> Type.BYTE_ARRAY.name();
      default -> type.getPrimitiveTypeName().name();
    };
  }

  /** Writers give a type in an old and in a new way; readers look at the new one alone. */
  private Optional<String> types() {
    List<org.apache.parquet.schema.Type> parsedTypes = new ArrayList<>();
    walk(parsed.getFileMetaData().getSchema(), parsedTypes);
    List<SchemaElement> written = raw.getSchema();
    if (written.size() != parsedTypes.size()) {
      return Optional.of("its schema has columns that belong to no group");
    }
    // The first is the root.
    for (int i = 1; i < written.size(); i++) {
      SchemaElement old = written.get(i);
      LogicalTypeAnnotation is = parsedTypes.get(i).getLogicalTypeAnnotation();
      boolean both = old.isSetConverted_type() && old.isSetLogicalType() && is != null;
      boolean same =
          !both
              || (is.toOriginalType() != null
                  && is.toOriginalType().name().equals(old.getConverted_type().name()));
      if (same && both && is instanceof DecimalLogicalTypeAnnotation decimal) {
        same =
            (!old.isSetScale() || old.getScale() == decimal.getScale())
                && (!old.isSetPrecision() || old.getPrecision() == decimal.getPrecision());
      }
      if (old.isSetConverted_type() && old.isSetLogicalType()) {
        same &= !old.getLogicalType().isSetUNKNOWN();
      }
      if (!same) {
        return Optional.of(
            "column "
                + old.getName()
                + " is both "
                + (is == null ? old.getLogicalType() : is)
                + " and "
                + old.getConverted_type());
      }
    }
    return Optional.empty();
  }

  private static void walk(
      org.apache.parquet.schema.Type type, List<org.apache.parquet.schema.Type> into) {
    into.add(type);
    if (!type.isPrimitive()) {
      type.asGroupType().getFields().forEach(field -> walk(field, into));
    }
  }

  /** Of two columns that lie in one place one would be read as the other. */
  private Optional<String> overlap(List<ColumnMetaData> chunks) {
    List<ColumnMetaData> inOrder = new ArrayList<>(chunks);
    inOrder.sort(Comparator.comparingLong(FooterFacts::start));
    for (int i = 0; i < inOrder.size(); i++) {
      long next = i + 1 < inOrder.size() ? start(inOrder.get(i + 1)) : end;
      ColumnMetaData chunk = inOrder.get(i);
      if (chunk.getTotal_compressed_size() < 0
          || start(chunk) + chunk.getTotal_compressed_size() > next) {
        return Optional.of(
            "column "
                + String.join(".", chunk.getPath_in_schema())
                + " lies where other columns or the footer are");
      }
    }
    return Optional.empty();
  }

  /** Where a column's pages begin. */
  static long start(ColumnMetaData chunk) {
    long data = chunk.getData_page_offset();
    return chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0
        ? Math.min(data, chunk.getDictionary_page_offset())
        : data;
  }
}
