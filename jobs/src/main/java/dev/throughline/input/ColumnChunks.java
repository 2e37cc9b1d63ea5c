package dev.throughline.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** How the values of a file's columns are written: what that asks of a reader. */
final class ColumnChunks {
  private final Configuration hadoop;

  /** The chunks that have values, by the name of the column of the file that they belong to. */
  private final Map<String, List<ColumnMetaData>> chunks = new HashMap<>();

  private final Map<String, List<ColumnDescriptor>> leaves = new HashMap<>();

  ColumnChunks(FileMetaData raw, MessageType schema, Configuration hadoop) {
    this.hadoop = hadoop;
    for (RowGroup group : raw.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        ColumnMetaData data = chunk.getMeta_data();
        if (data.getNum_values() > 0) {
          chunks
              .computeIfAbsent(data.getPath_in_schema().get(0), any -> new ArrayList<>())
              .add(data);
        }
      }
    }
    for (ColumnDescriptor leaf : schema.getColumns()) {
      leaves.computeIfAbsent(leaf.getPath()[0], any -> new ArrayList<>()).add(leaf);
    }
  }

  /** What of a column this Spark has no reader for. */
  Optional<String> problem(String column) {
    for (ColumnMetaData chunk : of(column)) {
      if (!unpacks(chunk.getCodec())) {
        return Optional.of(
            "is compressed by "
                + named(chunk.getCodec())
                + ", which this Spark does not unpack: compress it by another codec, such as ZSTD"
                + " or SNAPPY");
      }
      boolean splitNumbers =
          chunk.getType() == org.apache.parquet.format.Type.FLOAT
              || chunk.getType() == org.apache.parquet.format.Type.DOUBLE;
      if (split(chunk) && !splitNumbers) {
        return Optional.of(
            "is encoded by BYTE_STREAM_SPLIT, which this Spark decodes of FLOAT and DOUBLE alone:"
                + " write it with another encoding, such as PLAIN");
      }
    }
    return Optional.empty();
  }

  private boolean unpacks(CompressionCodec codec) {
    if (codec == null) {
      return false;
    }
    String name = CompressionCodecName.fromParquet(codec).getHadoopCompressionCodecClassName();
    return name == null || hadoop.getClassByNameOrNull(name) != null;
  }

  private static String named(CompressionCodec codec) {
    return codec == null ? "a codec that this version of Parquet does not know" : codec.name();
  }

  /** Whether Spark's reader of columns does not know how the values are written. */
  boolean byRows(String column) {
    return of(column).stream().anyMatch(ColumnChunks::split)
        || leaves.getOrDefault(column, List.of()).stream()
            .map(ColumnDescriptor::getPrimitiveType)
            .anyMatch(
                type ->
                    type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                        && type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation);
  }

  private static boolean split(ColumnMetaData chunk) {
    return chunk.getEncodings().contains(Encoding.BYTE_STREAM_SPLIT);
  }

  /** Whether statistics say of every value of a column that it is NULL, or there is no value. */
  boolean onlyNulls(String column) {
    return of(column).stream().allMatch(ColumnChunks::onlyNulls);
  }

  private static boolean onlyNulls(ColumnMetaData chunk) {
    Statistics statistics = chunk.getStatistics();
    return statistics != null
        && statistics.isSetNull_count()
        && statistics.getNull_count() == chunk.getNum_values();
  }

  /** Whether statistics say that there is a value that is not NULL. */
  boolean hasValues(String column) {
    return of(column).stream()
        .anyMatch(
            chunk -> {
              Statistics known = chunk.getStatistics();
              return known != null
                  && (known.isSetMin_value()
                      || known.isSetMin()
                      || (known.isSetNull_count() && !onlyNulls(chunk)));
            });
  }

  private List<ColumnMetaData> of(String column) {
    return chunks.getOrDefault(column, List.of());
  }
}
