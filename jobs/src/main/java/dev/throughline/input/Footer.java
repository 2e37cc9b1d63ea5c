package dev.throughline.input;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;

/**
 * What a Parquet file says of itself at its end, as far as reading it with others rests on it.
 *
 * <p>A footer carries no checksum. What it says twice has to agree, see {@link FooterFacts}.
 *
 * @param file the file
 * @param rows its rows
 * @param columns its columns by name in small letters
 */
record Footer(LogFile file, long rows, Map<String, FileColumn> columns) {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  /** Length of a footer and magic bytes. */
  private static final int END = 8;

  /** Most footers are shorter, so one request brings them whole. */
  private static final int USUAL = 64 * 1024;

  /**
   * Reads it.
   *
   * @throws ThroughlineException of kind INPUT if the file has none, or one that contradicts itself
   */
  static Footer read(LogFile file, Configuration hadoop, ParquetToSparkSchemaConverter converter) {
    try {
      byte[] bytes = bytes(file, hadoop);
      // Encrypted footers are signed, and their parts are for those who hold the key.
      Optional<FileMetaData> plain = plain(bytes);
      ParquetMetadata all =
          plain.isPresent()
              ? checked(file, plain.get(), bytes, hadoop)
              : readByParquet(file, hadoop);
      MessageType schema = all.getFileMetaData().getSchema();
      Map<String, FileColumn> columns =
          FileColumns.of(
              schema,
              plain,
              plain.map(footer -> new ColumnChunks(footer, schema, hadoop)),
              converter);
      if (bytes.length > 0) {
        SparkNote.doubts(all.getFileMetaData(), columns)
            .forEach((name, why) -> columns.computeIfPresent(name, (n, c) -> c.withProblem(why)));
      }
      return new Footer(
          file, all.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum(), columns);
    } catch (IOException | RuntimeException e) {
      // Parsers of damaged bytes throw whatever they stumble over.
      throw e instanceof ThroughlineException known ? known : unreadable(file, e.toString(), e);
    }
  }

  private static Optional<FileMetaData> plain(byte[] bytes) throws IOException {
    return bytes.length == 0
        ? Optional.empty()
        : Optional.of(Util.readFileMetaData(in(bytes)))
            .filter(footer -> !footer.isSetEncryption_algorithm());
  }

  /** The footer as Parquet understands it, once it is known to agree with itself. */
  private static ParquetMetadata checked(
      LogFile file, FileMetaData raw, byte[] bytes, Configuration hadoop) throws IOException {
    refuseUnknown(file, raw);
    ParquetMetadataConverter parquet =
        new ParquetMetadataConverter(HadoopReadOptions.builder(hadoop, file.path()).build());
    ParquetMetadata all =
        parquet.readParquetMetadata(in(bytes), ParquetMetadataConverter.NO_FILTER);
    ParquetMetadata inSplits =
        parquet.readParquetMetadata(in(bytes), ParquetMetadataConverter.range(0, file.length()));
    long end = file.length() - END - bytes.length;
    Optional<String> contradiction = new FooterFacts(raw, all, end).contradiction(inSplits);
    if (contradiction.isEmpty()) {
      contradiction = inPages(file, raw, hadoop);
    }
    if (contradiction.isPresent()) {
      throw unreadable(file, "it is damaged: " + contradiction.get(), null);
    }
    return all;
  }

  /** Parquet's reader fails over a whole file if it does not know a type of one of its columns. */
  private static void refuseUnknown(LogFile file, FileMetaData raw) {
    for (SchemaElement column : raw.getSchema()) {
      if (column.isSetLogicalType() && column.getLogicalType().getSetField() == null) {
        throw new ThroughlineException(
            ErrorKind.INPUT,
            "The file "
                + file.path()
                + " cannot be read: its column "
                + column.getName()
                + " is of a type that is newer than the Parquet of this Spark, which therefore"
                + " reads no column of the file. The file may be whole: write it again without the"
                + " column, or with the column as another type, such as FLOAT or text. Nothing was"
                + " published.");
      }
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
