package dev.throughline.model;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.throughline.config.Settings.Attribution;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One pass over rows sorted by person and time that gives every conversion's credit by every model.
 *
 * <p>This is the one place where rows are handled in Java rather than by expressions: with them it
 * took three times as long, and pairs of touches and conversions four to fifteen times. It holds
 * one person's latest touches and the sums of credit, whatever the log holds.
 */
final class JourneySweep implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** What a row of a person is. */
  static final int VIEW = 0;

  static final int CLICK = 1;
  static final int LEAD = 2;
  static final int CONVERSION = 3;

  /** Columns of the rows that come in, by place. */
  static final int USER = 0;

  static final int KIND = 1;
  static final int TIME = 2;
  static final int DAY = 3;
  static final int CAMPAIGN = 4;
  static final int CHANNEL = 5;
  static final int IMPRESSION = 6;
  static final int ACTION = 7;
  static final int VALUE = 8;

  /** What goes out: sums of credit, several rows of the same sum from different tasks. */
  static final StructType SWEPT =
      new StructType()
          .add("day_number", IntegerType)
          .add("dimension", StringType)
          .add("member", StringType)
          .add("action", StringType)
          .add("model", StringType)
          .add("conversions", DataTypes.createDecimalType(28, 12))
          .add("value", DataTypes.createDecimalType(28, 12));

  /** So many sums are handed on before the next person is taken, to bound memory. */
  private static final int MOST_SUMS = 100_000;

  private final Attribution settings;
  private final List<String> models;

  JourneySweep(Attribution settings, List<String> models) {
    this.settings = settings;
    this.models = models;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Sweep(rows, settings, models);
  }

  /** The pass over one partition. */
  private static final class Sweep implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final List<AttributionModel> models;
    private final Person person;
    private final Credits credits = new Credits();
    private final double[] shares;
    private final Set<String> leadEvents;
    private Iterator<Row> ready = Collections.emptyIterator();
    private String user;

    Sweep(Iterator<Row> rows, Attribution settings, List<String> models) {
      this.rows = rows;
      this.models = models.stream().map(id -> AttributionModels.of(id, settings)).toList();
      this.person = new Person(settings);
      this.shares = new double[2 * settings.maxTouches()];
      this.leadEvents = settings.leadEvents();
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && rows.hasNext()) {
        while (rows.hasNext() && credits.size() < MOST_SUMS) {
          take(rows.next());
        }
        ready = credits.drain();
      }
      return ready.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }

    private void take(Row row) {
      if (!row.getString(USER).equals(user)) {
        user = row.getString(USER);
        person.begin();
      }
      long time = row.getLong(TIME);
      Long impression = row.isNullAt(IMPRESSION) ? null : row.getLong(IMPRESSION);
      switch (row.getInt(KIND)) {
        case VIEW -> person.view(time, impression, row.getString(CAMPAIGN), row.getString(CHANNEL));
        case CLICK ->
            person.click(time, impression, row.getString(CAMPAIGN), row.getString(CHANNEL));
        case LEAD -> person.lead();
        default -> {
          credit(row, person.convert(time));
          if (leadEvents.contains(row.getString(ACTION))) {
            person.lead();
          }
        }
      }
    }

    private void credit(Row row, Journey journey) {
      int day = row.getInt(DAY);
      String action = row.getString(ACTION);
      long value = row.getLong(VALUE);
      if (person.capped()) {
        credits.add(day, Journeys.CAPPED, "", action, "", value);
      }
      for (AttributionModel model : models) {
        if (journey.size == 0) {
          for (String dimension : Journeys.DIMENSIONS) {
            credits.add(day, dimension, Journeys.UNATTRIBUTED, action, model.id(), value);
          }
          continue;
        }
        model.shares(journey, shares);
        credit(journey, Journeys.CAMPAIGN, journey.campaign, model, day, action, value);
        credit(journey, Journeys.CHANNEL, journey.channel, model, day, action, value);
      }
    }

    private void credit(
        Journey journey,
        String dimension,
        String[] members,
        AttributionModel model,
        int day,
        String action,
        long value) {
      if (model.additive()) {
        credits.share(day, dimension, members, shares, journey.size, action, model.id(), value);
        return;
      }
      for (int i = 0; i < journey.size; i++) {
        if (firstOfItsMember(members, i)) {
          credits.add(day, dimension, members[i], action, model.id(), value);
        }
      }
    }

    private static boolean firstOfItsMember(String[] members, int i) {
      for (int j = 0; j < i; j++) {
        if (members[j].equals(members[i])) {
          return false;
        }
      }
      return true;
    }
  }
}
