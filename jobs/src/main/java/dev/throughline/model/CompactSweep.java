package dev.throughline.model;

import dev.throughline.config.Settings;
import dev.throughline.input.EventType;
import dev.throughline.input.Period;
import dev.throughline.person.Classification;
import dev.throughline.person.CompactEvent;
import dev.throughline.person.PersonEvents;
import dev.throughline.person.VisitorKind;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * {@link JourneySweep} over compact events in place of rows: the same sums, from the one pass that
 * classifies.
 */
public final class CompactSweep {
  /** What {@link #of} returns. */
  public static final StructType SCHEMA = JourneySweep.SWEPT;

  /**
   * A conversion, as {@link Conversions#repeated} tells it.
   *
   * @param day counted from 1970
   */
  public record ConversionKey(int day, String id, long payload) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private CompactSweep() {}

  /**
   * Passes the events of a log, each visitor's in order.
   *
   * @param countedFrom first day of which all facts are counted
   * @param repeated conversions that do not count
   * @param channels the described channel by campaign
   * @param needs what is looked for besides credit and the counts of campaigns
   * @return sums of each task, see {@link Swept}
   */
  public static JavaRDD<Row> of(
      PersonEvents events,
      LocalDate countedFrom,
      Set<ConversionKey> repeated,
      Map<String, String> channels,
      Period period,
      Settings settings,
      Set<Need> needs) {
    JourneySweep.Plan plan = Journeys.plan(period, settings, needs);
    int from = (int) countedFrom.toEpochDay();
    return events.pass(texts -> new Pass(texts, plan, from, repeated, channels));
  }

  /** The pass of a task. */
  private static final class Pass implements PersonEvents.Pass<Row> {
    private final PersonEvents.Texts texts;
    private final JourneySweep.Plan plan;
    private final int countedFrom;
    private final Set<ConversionKey> repeated;
    private final Map<String, String> channels;
    private final Sums sums = new Sums();
    private final CampaignTally campaigns;
    private final Visitor visitor;
    private final Map<Integer, String> known = new HashMap<>();
    private final List<Row> drained = new ArrayList<>();

    Pass(
        PersonEvents.Texts texts,
        JourneySweep.Plan plan,
        int countedFrom,
        Set<ConversionKey> repeated,
        Map<String, String> channels) {
      this.texts = texts;
      this.plan = plan;
      this.countedFrom = countedFrom;
      this.repeated = repeated;
      this.channels = channels;
      campaigns = new CampaignTally(plan.session());
      visitor = new Visitor(plan, sums, campaigns);
    }

    @Override
    public void take(CompactEvent event, Classification classification, int place) {
      if (!classification.fact() || event.day() > plan.to()) {
        return;
      }
      boolean counted = event.day() >= countedFrom;
      boolean valid = classification == Classification.VALID;
      boolean followed =
          valid
              && event.kind().compareTo(VisitorKind.SESSION) <= 0
              && !Boolean.FALSE.equals(event.consent());
      if (counted || (followed && ofJourneys(event))) {
        visitor.take(personEvent(event, counted, valid, followed));
        if (campaigns.full()) {
          campaigns.drain().forEachRemaining(drained::add);
        }
      }
    }

    private boolean ofJourneys(CompactEvent event) {
      if (event.kind() != VisitorKind.USER) {
        return false;
      }
      boolean seen = !Boolean.FALSE.equals(event.viewable());
      boolean touch =
          event.campaign() != 0
              && (is(event, EventType.CLICK) || (is(event, EventType.IMPRESSION) && seen));
      return touch
          || is(event, EventType.CONVERSION)
          || (is(event, EventType.ENGAGEMENT)
              && plan.attribution().leadEvents().contains(text(event.name())));
    }

    private static boolean is(CompactEvent event, EventType type) {
      return event.rank() == type.rank();
    }

    /** The text of a code; a text is made once. */
    private String text(int code) {
      return code == 0 ? null : known.computeIfAbsent(code, texts::text);
    }

    private PersonEvent personEvent(
        CompactEvent event, boolean counted, boolean valid, boolean followed) {
      boolean conversion = is(event, EventType.CONVERSION);
      String campaign = text(event.campaign());
      boolean counts =
          conversion
              && !repeated.contains(
                  new ConversionKey(event.day(), event.texts().id(), event.payload()));
      return new PersonEvent(
          visitor(event),
          event.kind().number(),
          event.day(),
          event.rank(),
          event.time(),
          campaign,
          text(event.channel()),
          campaign == null ? null : channels.get(campaign),
          event.hasImpression() ? event.impression() : null,
          text(event.name()),
          event.value(),
          event.viewable(),
          event.hasSession() ? Long.toHexString(event.session()) : null,
          event.hasCost() ? event.cost() : null,
          event.foreground(),
          counted,
          valid,
          followed,
          counts);
    }

    private static String visitor(CompactEvent event) {
      return event.kind() == VisitorKind.USER
          ? event.texts().user()
          : Long.toHexString(event.visitor()) + ' ' + event.visitorCheck();
    }

    @Override
    public Iterator<Row> end() {
      visitor.end();
      sums.drain().forEachRemaining(drained::add);
      campaigns.drain().forEachRemaining(drained::add);
      return drained.iterator();
    }
  }
}
