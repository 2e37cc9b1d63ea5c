package dev.throughline.model;

import static org.apache.spark.sql.types.DataTypes.IntegerType;

import dev.throughline.config.Settings.Attribution;
import dev.throughline.config.Settings.PeopleRules;
import dev.throughline.config.Settings.SessionRule;
import java.io.Serializable;
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
 * One pass over rows sorted by visitor and time that finds all that needs the order of a visitor's
 * events: credit, visits, how many different people there are, and where reports need it paths, the
 * people funnel, what follows clicks, and intent.
 *
 * <p>This is the one place where rows are handled in Java rather than by expressions: with them it
 * took three times as long, and pairs of touches and conversions four to fifteen times. It holds
 * one visitor's latest touches and day and some sums, whatever the log holds.
 */
final class JourneySweep implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 3L;

  /** What goes out, see {@link Swept}; several rows of the same sum from different tasks. */
  static final StructType SWEPT =
      new StructType()
          .add("day_number", IntegerType)
          .add(Swept.KIND.structField())
          .add(Journeys.DIMENSION.structField())
          .add(Journeys.MEMBER.structField())
          .add(Conversions.ACTION.structField())
          .add(Swept.DETAIL.structField())
          .add(Swept.AMOUNT.structField())
          .add(Swept.NUMBER.structField())
          .add(Swept.CONVERSIONS.name(), DataTypes.createDecimalType(28, 12))
          .add(Swept.VALUE.name(), DataTypes.createDecimalType(28, 12))
          .add(Swept.COUNT.structField())
          .add(Swept.RESAMPLED.structField())
          .add(Swept.SKETCH.structField());

  /** So many sums are handed on before the next row is taken, to bound memory. */
  private static final int MOST_SUMS = 100_000;

  /**
   * What the pass does.
   *
   * @param attribution windows of journeys
   * @param models ids of the models of the run's own days
   * @param funnelModel id of the model that gives a conversion to one campaign; of the days before
   *     the run's own it is the only one
   * @param people the rules of people's days
   * @param session what ends a visit and what makes it engaged
   * @param needs what is looked for besides credit and the counts of campaigns
   * @param creditedFrom first day whose conversions are credited, counted from 1970
   * @param learnedFrom first day that models learn from, counted from 1970
   * @param from first day of the run, counted from 1970
   * @param to last day of the run, counted from 1970
   */
  record Plan(
      Attribution attribution,
      List<String> models,
      String funnelModel,
      PeopleRules people,
      SessionRule session,
      Set<Need> needs,
      int creditedFrom,
      int learnedFrom,
      int from,
      int to)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final Plan plan;

  JourneySweep(Plan plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Sweep(rows, plan);
  }

  /** The pass over one partition. */
  private static final class Sweep implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Sums sums = new Sums();
    private final CampaignTally campaigns;
    private final Visitor visitor;
    private Iterator<Row> ready = Collections.emptyIterator();
    private boolean ended;

    Sweep(Iterator<Row> rows, Plan plan) {
      this.rows = rows;
      this.campaigns = new CampaignTally(plan.session());
      this.visitor = new Visitor(plan, sums, campaigns);
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && !(ended && sums.size() == 0 && campaigns.size() == 0)) {
        while (rows.hasNext() && !full()) {
          visitor.take(PersonEvent.of(rows.next()));
        }
        if (!rows.hasNext() && !ended) {
          visitor.end();
          ended = true;
        }
        ready = sums.size() == 0 || campaigns.full() ? campaigns.drain() : sums.drain();
      }
      return ready.hasNext();
    }

    private boolean full() {
      return sums.size() >= MOST_SUMS || campaigns.full();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }
  }
}
