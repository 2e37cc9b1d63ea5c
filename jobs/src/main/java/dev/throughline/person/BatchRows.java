package dev.throughline.person;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The rows of the column batches of a task. */
final class BatchRows implements RowSource {
  /**
   * Where in a batch the columns are.
   *
   * @param texts place by the ordinal of the text column, −1 for none
   */
  record Places(
      List<Integer> texts,
      int eventTime,
      int receivedTime,
      int viewable,
      int consent,
      int seconds,
      int value,
      int cost,
      DecimalType valueType,
      DecimalType costType,
      int inputDay,
      boolean byFile)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private static final TextColumn[] TEXTS = TextColumn.values();

  private final Iterator<ColumnarBatch> batches;
  private final Places places;
  private final LogicalRow row = new LogicalRow();
  private final ColumnBatches.TextVector[] texts = new ColumnBatches.TextVector[TEXTS.length];
  private ColumnarBatch batch;
  private int size;
  private int at;

  BatchRows(Iterator<ColumnarBatch> batches, Places places) {
    this.batches = batches;
    this.places = places;
    for (int i = 0; i < texts.length; i++) {
      texts[i] = places.texts().get(i) < 0 ? null : new ColumnBatches.TextVector();
    }
  }

  @Override
  public LogicalRow row() {
    return row;
  }

  @Override
  public boolean next() {
    while (at == size) {
      if (!batches.hasNext()) {
        return false;
      }
      begin(batches.next());
    }
    fill(at++);
    return true;
  }

  private void begin(ColumnarBatch next) {
    batch = next;
    size = next.numRows();
    at = 0;
    for (int i = 0; i < texts.length; i++) {
      if (texts[i] != null) {
        texts[i].begin(next.column(places.texts().get(i)));
      }
    }
    if (size > 0) {
      row.inputDay = next.column(places.inputDay()).getInt(0);
    }
    row.hasFile = places.byFile();
    if (row.hasFile) {
      row.file = ColumnBatches.file();
    }
  }

  private boolean has(int place, int index) {
    return place >= 0 && !batch.column(place).isNullAt(index);
  }

  private void fill(int index) {
    for (int i = 0; i < texts.length; i++) {
      if (texts[i] != null) {
        row.text(TEXTS[i], texts[i].get(index));
      }
    }
    row.hasEventTime = has(places.eventTime(), index);
    row.eventTime = row.hasEventTime ? batch.column(places.eventTime()).getLong(index) : 0;
    row.hasReceivedTime = has(places.receivedTime(), index);
    row.receivedTime = row.hasReceivedTime ? batch.column(places.receivedTime()).getLong(index) : 0;
    row.hasViewable = has(places.viewable(), index);
    row.viewable = row.hasViewable && batch.column(places.viewable()).getBoolean(index);
    row.hasConsent = has(places.consent(), index);
    row.consent = row.hasConsent && batch.column(places.consent()).getBoolean(index);
    row.hasEngagementSeconds = has(places.seconds(), index);
    row.engagementSeconds =
        row.hasEngagementSeconds ? batch.column(places.seconds()).getDouble(index) : 0;
    row.valueGiven = has(places.value(), index);
    row.value = row.valueGiven ? amount(places.value(), index, places.valueType()) : 0;
    row.hasValue = row.valueGiven && row.value != ColumnBatches.NO_AMOUNT;
    row.costGiven = has(places.cost(), index);
    row.cost = row.costGiven ? amount(places.cost(), index, places.costType()) : 0;
    row.hasCost = row.costGiven && row.cost != ColumnBatches.NO_AMOUNT;
  }

  private long amount(int place, int index, DecimalType type) {
    return ColumnBatches.millionths(batch.column(place), index, type);
  }
}
