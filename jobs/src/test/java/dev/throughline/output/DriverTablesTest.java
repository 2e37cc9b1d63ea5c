package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** What holds of tables that Spark's tasks write holds of those that the driver writes. */
class DriverTablesTest extends PublishingTest {
  private static final SparkSession SPARK = TestSession.get();

  /** One column of every type that a table has. */
  private static final StructType EVERY_TYPE =
      StructType.fromDDL(
          "text string, number long, small int, amount decimal(28,6), share double, flag boolean,"
              + " on date, at timestamp, bytes binary, list array<long>,"
              + " pairs array<struct<name: string, part: decimal(10,2)>>");

  @Override
  Staging staging(String runId, List<LocalDate> days) {
    Staging staging = super.staging(runId, days);
    staging.keepFewRowsOnDriver(true);
    return staging;
  }

  private static Row everyType(String text) {
    return RowFactory.create(
        text,
        Long.MIN_VALUE,
        7,
        new BigDecimal("-12345678901234567890.123456"),
        Double.MIN_VALUE,
        true,
        Date.valueOf("2026-03-29"),
        Timestamp.valueOf("2026-03-29 02:30:00.123456"),
        new byte[] {0, -1, 1},
        new Long[] {1L, null, 3L},
        new Row[] {RowFactory.create("ä", new BigDecimal("0.10")), null});
  }

  private static List<Row> rows() {
    return List.of(
        everyType("a"), RowFactory.create(new Object[EVERY_TYPE.length()]), everyType("𝄞"));
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(warehouse.resolve(name).toUri());
  }

  private DriverFile file(String name) {
    return new DriverFile(SPARK, SPARK.sessionState().newHadoopConf(), path(name));
  }

  @Test
  void theDriverWritesTheBytesThatTasksWrite() throws IOException {
    for (List<Row> rows : List.of(rows(), List.<Row>of())) {
      String name = "of-driver-" + rows.size() + ".parquet";
      file(name).write(rows, EVERY_TYPE);
      String folder = warehouse.resolve("of-tasks-" + rows.size()).toString();
      SPARK.createDataFrame(rows, EVERY_TYPE).coalesce(1).write().parquet(folder);
      Path ofTasks;
      try (var files = Files.list(Path.of(folder))) {
        ofTasks = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().get();
      }
      assertArrayEquals(withoutFooter(ofTasks), withoutFooter(warehouse.resolve(name)));
      // The order in which a footer lists the encodings of a column differs from file to file.
      ParquetMetadata expected = footer(new org.apache.hadoop.fs.Path(ofTasks.toUri()));
      ParquetMetadata found = footer(path(name));
      assertEquals(expected.getFileMetaData().getSchema(), found.getFileMetaData().getSchema());
      assertEquals(
          expected.getFileMetaData().getKeyValueMetaData(),
          found.getFileMetaData().getKeyValueMetaData());
      assertEquals(expected.getBlocks().size(), found.getBlocks().size());
    }
  }

  private static ParquetMetadata footer(org.apache.hadoop.fs.Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(file, SPARK.sessionState().newHadoopConf()))) {
      return reader.getFooter();
    }
  }

  private static byte[] withoutFooter(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - 8;
    int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    return Arrays.copyOf(bytes, end - footer);
  }

  @Test
  void theDriverReadsWhatItWrote() {
    file("all.parquet").write(rows(), EVERY_TYPE);
    assertEquals(
        SPARK.createDataFrame(rows(), EVERY_TYPE).toJSON().collectAsList(),
        SPARK
            .createDataFrame(file("all.parquet").read(EVERY_TYPE), EVERY_TYPE)
            .toJSON()
            .collectAsList());
    file("none.parquet").write(List.of(), EVERY_TYPE);
    assertEquals(List.of(), file("none.parquet").read(EVERY_TYPE));
  }

  /** Of each byte of the pages: pages have checksums, and these are verified. */
  @Test
  void aDamagedFileIsRefused() throws IOException {
    StructType schema = StructType.fromDDL("number long");
    file("damaged.parquet").write(List.of(RowFactory.create(5L), RowFactory.create(6L)), schema);
    Path damaged = warehouse.resolve("damaged.parquet");
    Files.delete(warehouse.resolve(".damaged.parquet.crc"));
    byte[] whole = Files.readAllBytes(damaged);
    int refused = 0;
    for (int at = 4; at < withoutFooter(damaged).length; at++) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 4;
      Files.write(damaged, bytes);
      try {
        assertEquals("[[5], [6]]", file("damaged.parquet").read(schema).toString(), "byte " + at);
      } catch (ThroughlineException e) {
        assertEquals(ErrorKind.PUBLISH, e.kind());
        assertTrue(e.getMessage().contains("damaged.parquet cannot be read"), e.getMessage());
        refused++;
      }
      Files.write(damaged, whole);
    }
    assertTrue(refused > 20, refused + " damages were refused");
  }

  @Test
  void aFileThatCannotBeWrittenIsSaid() throws IOException {
    Files.writeString(warehouse.resolve("folder"), "a file where a folder belongs");
    ThroughlineException failure =
        assertThrows(
            ThroughlineException.class,
            () -> file("folder/table.parquet").write(rows(), EVERY_TYPE));
    assertEquals(ErrorKind.PUBLISH, failure.kind());
    assertTrue(failure.getMessage().contains("table.parquet cannot be written"));
  }

  @Test
  void fewRowsAreKeptOnTheDriverAndManyInTheRunsFolder() {
    try (Staging staging = staging("r1", List.of())) {
      Path folder = warehouse.resolve("_staging/r1");
      Dataset<Row> few = staging.keep("few", SPARK.range(FewRows.MOST).toDF());
      assertFalse(Files.exists(folder));
      assertEquals(FewRows.MOST, few.distinct().count());
      assertEquals(1, few.groupBy("id").count().rdd().getNumPartitions());
      Dataset<Row> many = staging.keep("many", SPARK.range(FewRows.MOST + 1).toDF());
      assertTrue(Files.exists(folder.resolve("_many")));
      assertEquals(FewRows.MOST + 1, many.distinct().count());
    }
  }

  /** Spark does not look for a NULL where a result is said to have none; a file may have one. */
  @Test
  void aResultOnTheDriverMayHoldNullAsAFileMay() {
    Dataset<Row> rows = SPARK.range(1).select(functions.array(functions.lit(1)).as("list"));
    assertFalse(rows.schema().fields()[0].nullable());
    try (Staging staging = staging("r1", List.of())) {
      StructType kept = staging.keep("few", rows).schema();
      assertEquals(rows.schema().asNullable(), kept);
    }
  }
}
