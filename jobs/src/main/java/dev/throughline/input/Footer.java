package dev.throughline.input;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * What a Parquet file says of itself at its end, as far as reading it with others rests on it.
 *
 * <p>A footer carries no checksum. What it says twice has to agree, see {@link FooterFacts}.
 *
 * @param file the file
 * @param rows its rows
 * @param columns its columns by name in small letters; without a type where Spark has none for it
 * @param doubts by name in small letters, why the type of a column is not to be trusted
 */
record Footer(LogFile file, long rows, Map<String, Typed> columns, Map<String, String> doubts) {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  /** Length of a footer and magic bytes. */
  private static final int END = 8;

  /** Most footers are shorter, so one request brings them whole. */
  private static final int USUAL = 64 * 1024;

  /** A column under the name that the file gives it. */
  record Typed(String name, Optional<DataType> type, String problem) {}

  /**
   * Reads it.
   *
   * @throws ThroughlineException of kind INPUT if the file has none, or one that contradicts itself
   */
  static Footer read(LogFile file, Configuration hadoop, ParquetToSparkSchemaConverter converter) {
    try {
      byte[] bytes = bytes(file, hadoop);
      ParquetMetadata all;
      Map<String, String> doubts = Map.of();
      FileMetaData raw = bytes.length == 0 ? null : Util.readFileMetaData(in(bytes));
      if (raw == null || raw.isSetEncryption_algorithm()) {
        // Encrypted footers are signed, and their parts are for those who hold the key.
        all = readByParquet(file, hadoop);
      } else {
        ParquetMetadataConverter parquet =
            new ParquetMetadataConverter(HadoopReadOptions.builder(hadoop, file.path()).build());
        all = parquet.readParquetMetadata(in(bytes), ParquetMetadataConverter.NO_FILTER);
        ParquetMetadata inSplits =
            parquet.readParquetMetadata(
                in(bytes), ParquetMetadataConverter.range(0, file.length()));
        long end = file.length() - END - bytes.length;
        Optional<String> contradiction =
            new FooterFacts(raw, all, end).contradiction(inSplits.getBlocks().size());
        if (contradiction.isEmpty()) {
          contradiction = inPages(file, raw, hadoop);
        }
        if (contradiction.isPresent()) {
          throw unreadable(file, "it is damaged: " + contradiction.get(), null);
        }
      }
      Map<String, Typed> columns = columns(all.getFileMetaData().getSchema(), converter);
      if (raw != null) {
        doubts = SparkNote.doubts(all.getFileMetaData(), columns);
      }
      return new Footer(
          file,
          all.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum(),
          columns,
          doubts);
    } catch (IOException | RuntimeException e) {
      // Parsers of damaged bytes throw whatever they stumble over.
      throw e instanceof ThroughlineException known ? known : unreadable(file, e.toString(), e);
    }
  }

  /** On the local disk alone: elsewhere a look at each page takes a request. */
  private static Optional<String> inPages(LogFile file, FileMetaData raw, Configuration hadoop)
      throws IOException {
    if (!"file".equals(file.path().toUri().getScheme())) {
      return Optional.empty();
    }
    try (FSDataInputStream in = file.path().getFileSystem(hadoop).open(file.path())) {
      return PageHeaders.contradiction(raw, in);
    }
  }

  private static ByteArrayInputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static ParquetMetadata readByParquet(LogFile file, Configuration hadoop)
      throws IOException {
    HadoopInputFile input = HadoopInputFile.fromPath(file.path(), hadoop);
    try (var stream = input.newStream()) {
      return ParquetFileReader.readFooter(
          input, HadoopReadOptions.builder(hadoop, file.path()).build(), stream);
    }
  }

  /** The bytes of the footer; none if they are encrypted. */
  private static byte[] bytes(LogFile file, Configuration hadoop) throws IOException {
    if (file.length() < MAGIC.length + END) {
      throw unreadable(file, "it has " + file.length() + " bytes and is not a Parquet file", null);
    }
    try (FSDataInputStream in = file.path().getFileSystem(hadoop).open(file.path())) {
      byte[] tail = new byte[(int) Math.min(file.length(), USUAL)];
      in.readFully(file.length() - tail.length, tail);
      byte[] magic = Arrays.copyOfRange(tail, tail.length - MAGIC.length, tail.length);
      if (Arrays.equals(magic, ENCRYPTED)) {
        return new byte[0];
      }
      if (!Arrays.equals(magic, MAGIC)) {
        throw unreadable(
            file, "it does not end with PAR1: it was cut off, or is not a Parquet file", null);
      }
      int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - END);
      if (length <= 0 || length > file.length() - END - MAGIC.length) {
        throw unreadable(file, "its footer would have " + length + " bytes", null);
      }
      if (length <= tail.length - END) {
        return Arrays.copyOfRange(tail, tail.length - END - length, tail.length - END);
      }
      byte[] longer = new byte[length];
      in.readFully(file.length() - END - length, longer);
      return longer;
    }
  }

  /** As Spark sees them, by what the file holds and not by what a writer noted beside it. */
  private static Map<String, Typed> columns(
      MessageType schema, ParquetToSparkSchemaConverter converter) {
    Map<String, Typed> columns = new LinkedHashMap<>();
    for (Type column : schema.getFields()) {
      Typed typed;
      try {
        StructField found =
            converter.convert(new MessageType(schema.getName(), column)).fields()[0];
        typed = new Typed(column.getName(), Optional.of(found.dataType()), "");
      } catch (Exception e) {
        // Spark's own exception is checked, but its method does not declare it.
        typed = new Typed(column.getName(), Optional.empty(), String.valueOf(e.getMessage()));
      }
      columns.put(column.getName().toLowerCase(Locale.ROOT), typed);
    }
    return columns;
  }

  /** The failure of a file that cannot be what was delivered. */
  static ThroughlineException unreadable(LogFile file, String why, Throwable cause) {
    return new ThroughlineException(
        ErrorKind.INPUT,
        "The file "
            + file.path()
            + " cannot be read: "
            + why.lines().findFirst().orElse("").replaceAll("[.]+$", "")
            + ". Deliver it again. Nothing was published.",
        cause);
  }
}
