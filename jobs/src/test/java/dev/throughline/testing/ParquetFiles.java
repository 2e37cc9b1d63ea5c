package dev.throughline.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NullType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Parquet files by other writers than Spark, and footers as other writers write them. */
public final class ParquetFiles {
  private static final int END = 8;

  private ParquetFiles() {}

  /** Writes the rows of a query by DuckDB. */
  public static void byDuckDb(Path file, String query, String... options) {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      Files.createDirectories(file.getParent());
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet%s)"
              .formatted(
                  query, file, options.length == 0 ? "" : ", " + String.join(", ", options)));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes rows by the example writer of parquet-java. */
  @SafeVarargs
  public static void byExample(Path file, String schema, Consumer<Group>... rows) {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toString()))
            .withType(type)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroupFactory(type).newGroup();
        row.accept(group);
        writer.write(group);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes what a footer says. */
  public static void rewrite(Path file, Consumer<FileMetaData> change) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int start = bytes.length - END - footerLength(bytes);
      FileMetaData footer =
          Util.readFileMetaData(
              new ByteArrayInputStream(Arrays.copyOfRange(bytes, start, bytes.length - END)));
      change.accept(footer);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Util.writeFileMetaData(footer, out);
      write(file, Arrays.copyOf(bytes, start), out.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives a column the type null, as pyarrow does where it has no value. */
  public static void makeNull(Path file, String column) {
    rewrite(
        file,
        footer -> {
          SchemaElement element =
              footer.getSchema().stream()
                  .filter(e -> e.getName().equals(column))
                  .findFirst()
                  .orElseThrow();
          element.unsetConverted_type();
          element.setLogicalType(LogicalType.UNKNOWN(new NullType()));
        });
  }

  /** Makes of the type null, once in the footer, one that parquet-java does not know: FLOAT16. */
  public static void makeUnknown(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = bytes.length - END - footerLength(bytes); i < bytes.length - END; i++) {
        // Field 11 of the union, a structure without fields; FLOAT16 is field 15.
        if (bytes[i] == (byte) 0xBC && bytes[i + 1] == 0 && bytes[i + 2] == 0) {
          bytes[i] = (byte) 0xFC;
          Files.write(file, bytes);
          return;
        }
      }
      throw new IllegalStateException("no column of type null in " + file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts a row group without rows at a place, as writers leave them that flush too often. */
  public static void addEmptyRowGroup(Path file, int at, long offset) {
    rewrite(
        file,
        footer -> {
          RowGroup empty = footer.getRow_groups().get(0).deepCopy();
          empty.setNum_rows(0);
          empty.setTotal_byte_size(0);
          empty.unsetFile_offset();
          for (ColumnChunk chunk : empty.getColumns()) {
            chunk.getMeta_data().setNum_values(0);
            chunk.getMeta_data().setData_page_offset(offset);
            chunk.getMeta_data().unsetDictionary_page_offset();
            chunk.getMeta_data().unsetStatistics();
          }
          footer.getRow_groups().add(at, empty);
        });
  }

  private static int footerLength(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - END);
  }

  private static void write(Path file, byte[] body, byte[] footer) throws IOException {
    ByteBuffer all =
        ByteBuffer.allocate(body.length + footer.length + END).order(ByteOrder.LITTLE_ENDIAN);
    all.put(body).put(footer).putInt(footer.length);
    all.put("PAR1".getBytes(StandardCharsets.US_ASCII));
    Files.write(file, all.array());
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }
}
