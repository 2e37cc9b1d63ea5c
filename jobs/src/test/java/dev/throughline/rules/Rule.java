package dev.throughline.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.testing.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * A rule of the contract, a handful of events that show it, and what the tables must say of them on
 * 2026-10-31.
 *
 * <p>All rules go through one run. So that they do not meet, every id of a rule is given a prefix
 * before the run and shown without it after: people, sessions, campaigns, channels, orders,
 * impressions, and the action purchase.
 */
final class Rule {
  static final String DAY = "2026-10-31";
  private static final List<String> IDS =
      List.of("event_id", "user_id", "session_id", "campaign_id", "order_id", "impression_id");

  private record Expectation(
      String table, Map<String, String> of, List<String> columns, String expected) {}

  final String name;
  final List<String> spend = new ArrayList<>();
  final List<String> campaigns = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private String prefix;

  private Rule(String name) {
    this.name = name;
  }

  static Rule rule(String name, Event... events) {
    Rule rule = new Rule(name);
    rule.events.addAll(Arrays.asList(events));
    return rule;
  }

  /** Conversions credited by a model: "c1=0.5 c2=0.5"; who has none is not named. */
  Rule credit(String model, String expected) {
    return credit(model, "purchase", expected);
  }

  Rule credit(String model, String action, String expected) {
    expectations.add(
        new Expectation(
            "attribution",
            Map.of("model", model, "action", action, "dimension", "campaign"),
            List.of(),
            expected));
    return this;
  }

  /** Columns of the attribution row of a channel, by last touch. */
  Rule channel(String channel, String expected) {
    Map<String, String> row =
        Map.of(
            "model", "last_touch",
            "action", "purchase",
            "dimension", "channel",
            "member", channel);
    expectations.add(new Expectation("attribution", row, columns(expected), expected));
    return this;
  }

  /** Columns of the campaign's funnel: "clicks=1 ctr=null". */
  Rule funnel(String campaign, String expected) {
    expectations.add(
        new Expectation(
            "campaign_funnel", Map.of("campaign_id", campaign), columns(expected), expected));
    return this;
  }

  /** Columns of a row of any table, whose key besides the day is given: "entered=2 dropped=1". */
  Rule row(String table, Map<String, String> key, String expected) {
    expectations.add(new Expectation(table, key, columns(expected), expected));
    return this;
  }

  /** Columns of a campaign's step in the people funnel. */
  Rule step(String campaign, String step, String expected) {
    return row("funnel_drop_off", Map.of("campaign_id", campaign, "step_name", step), expected);
  }

  /** How many came to each step of a campaign's people funnel: "3 2 1 1 0 0 0". */
  Rule steps(String campaign, String entered) {
    String[] numbers = entered.split(" ", -1);
    for (int i = 0; i < numbers.length; i++) {
      Map<String, String> key = Map.of("campaign_id", campaign, "step", Integer.toString(i + 1));
      row("funnel_drop_off", key, "entered=" + numbers[i]);
    }
    return this;
  }

  /** Columns of what followed a campaign's clicks. */
  Rule afterClick(String campaign, String expected) {
    return row("post_click_behaviour", Map.of("campaign_id", campaign), expected);
  }

  /** Columns of a tier of a campaign's people. */
  Rule tier(String campaign, String tier, String expected) {
    return row("audience_intent", Map.of("campaign_id", campaign, "tier", tier), expected);
  }

  /** Columns of a path of campaigns. */
  Rule path(String path, String expected) {
    return row("journey_paths", Map.of("dimension", "campaign", "path", path), expected);
  }

  /** Columns of a bucket of a campaign's purchases. */
  Rule bucket(String campaign, String bucket, String expected) {
    Map<String, String> key =
        Map.of("campaign_id", campaign, "action", "purchase", "bucket", bucket);
    return row("time_to_convert", key, expected);
  }

  /** Columns of a stage of a campaign. */
  Rule lever(String campaign, String stage, String expected) {
    return row("levers", Map.of("campaign_id", campaign, "stage", stage), expected);
  }

  /** A line of the spend table. */
  Rule spend(String campaign, String amount) {
    spend.add(campaign + "," + amount);
    return this;
  }

  /** A line of the campaign dimension. */
  Rule described(String campaign, String channel) {
    campaigns.add(campaign + "," + channel);
    return this;
  }

  private static List<String> columns(String expected) {
    return Arrays.stream(expected.split(" ", -1)).map(s -> s.replaceFirst("=.*", "")).toList();
  }

  void number(int number) {
    prefix = String.format("r%02d-", number);
  }

  /** A campaign that is a number keeps its name. */
  String prefixed(String id) {
    return id == null || Character.isDigit(id.charAt(0)) ? id : prefix + id;
  }

  private String bare(Object id) {
    return String.valueOf(id).replace(prefix, "");
  }

  List<Event> prefixedEvents() {
    return events.stream()
        .map(
            event -> {
              Event own = event.copy();
              for (String id : IDS) {
                if (event.get(id) != null) {
                  own.with(id, prefixed((String) event.get(id)));
                }
              }
              return "purchase".equals(event.get("event_name"))
                  ? own.conversion(prefix + "purchase")
                  : own;
            })
        .toList();
  }

  /** Compares every expectation with the rows of the published tables. */
  void check(Map<String, List<Row>> tables) {
    for (Expectation e : expectations) {
      Map<String, String> found = new TreeMap<>();
      for (Row row : tables.get(e.table)) {
        boolean concerns =
            e.of.entrySet().stream()
                .allMatch(k -> bare(row.getAs(k.getKey())).equals(k.getValue()));
        if (!concerns) {
          continue;
        }
        if (e.columns.isEmpty()) {
          String member = row.getAs("member");
          String action = row.getAs("action");
          // Credit of nobody tells rules apart only where the action does.
          if (member.startsWith(prefix) || action.startsWith(prefix)) {
            found.put(bare(member), bare(member) + "=" + shown(row.getAs("credited_conversions")));
          }
        } else {
          e.columns.forEach(c -> found.put(c, c + "=" + shown(row.getAs(c))));
        }
      }
      List<String> inOrder =
          e.columns.isEmpty()
              ? List.copyOf(found.values())
              : e.columns.stream().map(c -> found.getOrDefault(c, c + "=absent")).toList();
      assertEquals(e.expected, String.join(" ", inOrder), e.table + " " + e.of);
    }
  }

  /** Four digits are enough for the eye. */
  private static String shown(Object number) {
    if (number == null || number instanceof Boolean) {
      return String.valueOf(number);
    }
    String text = String.format(Locale.ROOT, "%.4f", ((Number) number).doubleValue());
    return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
  }
}
