package dev.throughline.rules;

import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every hand-made rule, checked on the tables of one run. */
class RulesTest {
  private static final List<String> TABLES =
      List.of(
          "attribution",
          "funnel_drop_off",
          "post_click_behaviour",
          "audience_intent",
          "journey_paths",
          "time_to_convert",
          "levers");

  @TestFactory
  Stream<DynamicTest> rules(@TempDir Path folder) {
    List<Rule> rules = new ArrayList<>();
    rules.addAll(TouchRules.rules());
    rules.addAll(TrafficRules.rules());
    rules.addAll(VisitRules.rules());
    rules.addAll(OutcomeRules.rules());
    rules.addAll(DropOffRules.rules());
    rules.addAll(AfterClickRules.rules());
    rules.addAll(PathRules.rules());
    Scenario scenario =
        Scenario.in(folder)
            .set("throughline.invalid-traffic.events-per-hour", "" + TrafficRules.EVENTS_PER_HOUR)
            .set("throughline.paths.top", "10000")
            .set("throughline.drop-off.window", "3h")
            .set("throughline.conversions.one-per-user", "[" + OutcomeRules.ONCE + "]");
    List<String> spend = new ArrayList<>();
    List<String> campaigns = new ArrayList<>();
    for (Rule rule : rules) {
      rule.number(rules.indexOf(rule));
      scenario.events(rule.prefixedEvents());
      rule.spend.forEach(line -> spend.add(Rule.DAY + "," + rule.prefixed(line) + ",EUR"));
      for (String line : rule.campaigns) {
        String[] words = line.split(",", 2);
        campaigns.add(rule.prefixed(words[0]) + ",," + rule.prefixed(words[1]) + ",,");
      }
    }
    PipelineRun run =
        scenario
            .spend(spend.toArray(String[]::new))
            .campaigns(campaigns.toArray(String[]::new))
            .run(Rule.DAY);
    Map<String, List<Row>> tables = new HashMap<>();
    for (String table : TABLES) {
      tables.put(table, run.rows(table));
    }
    tables.put("campaign_funnel", run.rowsOfDays("campaign_funnel"));
    return rules.stream().map(rule -> DynamicTest.dynamicTest(rule.name, () -> rule.check(tables)));
  }
}
