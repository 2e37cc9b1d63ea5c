package dev.throughline.reference;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What became of every row of the log: rejected, duplicate, or fact; and which facts are valid. */
final class NaiveFacts {
  static final Comparator<RawEvent> ORDER =
      Comparator.comparing(RawEvent::time)
          .thenComparing(RawEvent::rank)
          .thenComparing(RawEvent::id);
  private static final Pattern BOT =
      Pattern.compile("bot|crawler|spider|headless|preview|monitor", Pattern.CASE_INSENSITIVE);

  /** A fact, its day, why it is invalid (or null), and its visit (or null). */
  record Fact(RawEvent event, LocalDate day, String invalid, String visit) {
    boolean valid() {
      return invalid == null;
    }

    boolean valid(String type) {
      return valid() && event.is(type);
    }
  }

  final List<RawEvent> rejected = new ArrayList<>();
  final List<RawEvent> duplicates = new ArrayList<>();
  final List<Fact> facts = new ArrayList<>();
  private final NaiveRules rules;

  NaiveFacts(List<RawEvent> rows, NaiveRules rules) {
    this.rules = rules;
    Set<RawEvent> seen = new HashSet<>();
    List<RawEvent> events = new ArrayList<>();
    for (RawEvent row : rows.stream().sorted(Comparator.comparing(NaiveFacts::received)).toList()) {
      if (!legal(row)) {
        rejected.add(row);
      } else if (seen.add(row.payload())) {
        events.add(row);
      } else {
        duplicates.add(row);
      }
    }
    group(events, event -> visitor(event) + " on " + event.dayIn(rules.zone()))
        .values()
        .forEach(this::classify);
  }

  private static long received(RawEvent row) {
    return row.received() == null ? 0 : row.received();
  }

  static <T> Map<String, List<T>> group(List<T> items, Function<T, String> key) {
    return items.stream().collect(Collectors.groupingBy(key));
  }

  private static boolean legal(RawEvent row) {
    boolean named = row.name() != null || !(row.is("engagement") || row.is("conversion"));
    return row.id() != null
        && row.time() != null
        && row.dayIn(ZoneOffset.UTC).equals(row.dt())
        && (row.received() == null || row.time() - row.received() <= 3_600_000_000L)
        && row.rank() >= 0
        && named
        && !negative(row.value())
        && !negative(row.cost())
        && (row.seconds() == null || row.seconds() >= 0);
  }

  private static boolean negative(BigDecimal amount) {
    return amount != null && amount.signum() < 0;
  }

  /** The person, or else the session, or else the event alone. */
  static String visitor(RawEvent event) {
    if (event.user() != null) {
      return "user " + event.user();
    }
    return event.session() != null ? "session " + event.session() : "event " + event.id();
  }

  /** All facts of one visitor and day. */
  private void classify(List<RawEvent> ofVisitorAndDay) {
    List<RawEvent> events = ofVisitorAndDay.stream().sorted(ORDER).toList();
    Map<Long, Integer> perHour = new HashMap<>();
    events.forEach(event -> perHour.merge(hour(event), 1, Integer::sum));
    RawEvent lastClick = null;
    Long lastVisiting = null;
    int visits = 0;
    for (RawEvent event : events) {
      String invalid = null;
      if (event.invalidReason() != null) {
        invalid = "upstream";
      } else if (event.agent() != null && BOT.matcher(event.agent()).find()) {
        invalid = "declared_bot";
      } else if (event.user() != null && perHour.get(hour(event)) > rules.eventsPerHour()) {
        invalid = "activity_limit";
      } else if (repeats(event, lastClick)) {
        invalid = "double_click";
      }
      if (event.is("click")) {
        lastClick = event;
      }
      String visit = null;
      if (invalid == null && !event.is("impression")) {
        if (event.session() != null) {
          visit = "given " + event.session();
        } else if (event.user() != null) {
          boolean begins = lastVisiting == null || event.time() - lastVisiting >= NaiveRules.GAP;
          visits += begins ? 1 : 0;
          lastVisiting = event.time();
          visit = "derived " + visits;
        }
      }
      facts.add(new Fact(event, event.dayIn(rules.zone()), invalid, visit));
    }
  }

  private static long hour(RawEvent event) {
    return Math.floorDiv(event.time(), 3_600_000_000L);
  }

  private static boolean repeats(RawEvent event, RawEvent lastClick) {
    return event.is("click")
        && lastClick != null
        && (event.user() != null || event.session() != null)
        && Objects.equals(event.campaign(), lastClick.campaign())
        && event.time() - lastClick.time() <= NaiveRules.DOUBLE_CLICK;
  }
}
