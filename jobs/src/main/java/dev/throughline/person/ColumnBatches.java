package dev.throughline.person;

import dev.throughline.input.Events;
import dev.throughline.input.FileHash;
import dev.throughline.input.MappedLog;
import dev.throughline.table.Field;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.JavaConverters;

/**
 * Reads a log as Spark's reader of Parquet decodes it, column by column, without rows between. All
 * that is no public interface of Spark is here: the physical plan of a scan, dictionaries of column
 * vectors, the bytes of its strings, and the name of the file that a task reads.
 */
final class ColumnBatches {
  /** No amount of 18 digits. */
  static final long NO_AMOUNT = Long.MIN_VALUE;

  private ColumnBatches() {}

  /** A log that can be read in batches. */
  record Log(JavaRDD<ColumnarBatch> batches, BatchRows.Places places) {}

  /**
   * A log by batches; empty where a logical column is more than a column of the log, where it is
   * not read from Parquet as it lies, or where something else reads it in Spark's place.
   *
   * @param byFile whether rows say which file they came from
   */
  static Optional<Log> of(MappedLog log, boolean byFile) {
    return log.plainColumns()
        .flatMap(
            columns ->
                scan(log.plain(columns).queryExecution().executedPlan())
                    .flatMap(scan -> of(scan, columns, log.partitionColumn(), byFile)));
  }

  private static Optional<Log> of(
      FileSourceScanExec scan, Map<Field, String> columns, String day, boolean byFile) {
    Map<String, Integer> places = new LinkedHashMap<>();
    Map<String, DataType> types = new LinkedHashMap<>();
    for (Attribute column : JavaConverters.seqAsJavaList(scan.output())) {
      types.put(column.name(), column.dataType());
      places.put(column.name(), places.size());
    }
    if (!(types.get(day) instanceof DateType)) {
      return Optional.empty();
    }
    List<Integer> texts =
        Arrays.stream(TextColumn.values()).map(column -> text(column, columns, places)).toList();
    BatchRows.Places found =
        new BatchRows.Places(
            texts,
            place(Events.EVENT_TIME, columns, places),
            place(Events.RECEIVED_TIME, columns, places),
            place(Events.VIEWABLE, columns, places),
            place(Events.CONSENT, columns, places),
            place(Events.ENGAGEMENT_SECONDS, columns, places),
            place(Events.VALUE, columns, places),
            place(Events.COST, columns, places),
            money(Events.VALUE, columns, types),
            money(Events.COST, columns, types),
            places.get(day),
            byFile);
    return Optional.of(new Log(scan.executeColumnar().toJavaRDD(), found));
  }

  private static DecimalType money(
      Field field, Map<Field, String> columns, Map<String, DataType> types) {
    return (DecimalType) types.getOrDefault(columns.getOrDefault(field, ""), Events.MONEY);
  }

  private static int text(
      TextColumn column, Map<Field, String> columns, Map<String, Integer> places) {
    String name = column.name().toLowerCase(Locale.ROOT);
    return columns.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .mapToInt(entry -> places.get(entry.getValue()))
        .findFirst()
        .orElse(-1);
  }

  private static int place(Field field, Map<Field, String> columns, Map<String, Integer> places) {
    return columns.containsKey(field) ? places.get(columns.get(field)) : -1;
  }

  /** The scan that a plan is, if it is nothing else. */
  private static Optional<FileSourceScanExec> scan(SparkPlan plan) {
    SparkPlan at = plan;
    while (at instanceof WholeStageCodegenExec
        || at instanceof ColumnarToRowExec
        || at instanceof InputAdapter) {
      at = at.children().head();
    }
    return at instanceof FileSourceScanExec scan && scan.supportsColumnar()
        ? Optional.of(scan)
        : Optional.empty();
  }

  /** The text column of a batch: what was found out of an entry of its dictionary is kept. */
  static final class TextVector {
    private final Text own = new Text();
    private Text[] entries = new Text[0];
    private final List<Integer> used = new ArrayList<>();
    private ColumnVector vector;
    private WritableColumnVector ids;

    void begin(ColumnVector next) {
      vector = next;
      ids =
          next instanceof WritableColumnVector written && written.hasDictionary()
              ? written.getDictionaryIds()
              : null;
      // The next batch may have another dictionary.
      for (int id : used) {
        entries[id] = null;
      }
      used.clear();
    }

    Text get(int row) {
      if (vector.isNullAt(row)) {
        return null;
      }
      if (ids == null) {
        return set(own, vector.getUTF8String(row));
      }
      int id = ids.getDictId(row);
      if (id >= entries.length) {
        entries = Arrays.copyOf(entries, Math.max(id + 1, 2 * entries.length));
      }
      if (entries[id] == null) {
        entries[id] = set(new Text(), vector.getUTF8String(row));
        used.add(id);
      }
      return entries[id];
    }

    private static Text set(Text text, UTF8String string) {
      if (string.getBaseObject() instanceof byte[] bytes) {
        long offset = string.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET;
        return text.set(bytes, (int) offset, string.numBytes());
      }
      byte[] copy = string.getBytes();
      return text.set(copy, 0, copy.length);
    }
  }

  /** Hash of the file that the task reads just now. */
  static long file() {
    String url = InputFileBlockHolder.getInputFilePath().toString();
    return FileHash.of(new Path(URI.create(url)));
  }

  /**
   * An amount in millionths as the event contract has it; {@link #NO_AMOUNT} if it does not fit.
   */
  static long millionths(ColumnVector amounts, int row, DecimalType type) {
    DecimalType money = (DecimalType) Events.MONEY;
    Decimal amount = amounts.getDecimal(row, type.precision(), type.scale());
    boolean fits = amount.changePrecision(money.precision(), money.scale());
    return fits ? amount.toUnscaledLong() : NO_AMOUNT;
  }
}
