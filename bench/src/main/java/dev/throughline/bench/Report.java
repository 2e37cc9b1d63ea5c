package dev.throughline.bench;

import static dev.throughline.bench.MarkdownTable.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The figures as Markdown. */
final class Report {
  /** What each is compared with. */
  private static final String BASE = "duckdb";

  private static final String TOUCHES_BASE = "touches-duckdb";
  private static final String NIGHT_BASE = "night-duckdb";

  private final Options options;
  private final Benchmark benchmark;
  private final Logs logs;
  private final Figures figures;

  Report(Options options, Benchmark benchmark, Logs logs, List<Measurement> measured) {
    this.options = options;
    this.benchmark = benchmark;
    this.logs = logs;
    figures = new Figures(measured);
  }

  /** All of it. */
  String markdown() {
    List<String> parts = new ArrayList<>();
    parts.add(Conditions.text(options));
    parts.add(logs());
    if (options.groups().contains(Plan.FULL)) {
      parts.add("### Full history\n\n![Seconds by events](bench.svg)");
      parts.add(compared(Plan.FULL, BASE));
      parts.add(growth());
      parts.add(stages(Plan.FULL, "throughline"));
    }
    if (options.groups().contains(Plan.TOUCHES)) {
      parts.add("### Full history, from kept touches");
      parts.add(compared(Plan.TOUCHES, TOUCHES_BASE));
      parts.add(stages(Plan.TOUCHES, "touches-throughline"));
    }
    if (options.groups().contains(Plan.NIGHT)) {
      parts.add("### One night over kept days");
      parts.add(compared(Plan.NIGHT, NIGHT_BASE));
      parts.add(stages(Plan.NIGHT, "night-throughline"));
    }
    if (options.groups().contains(Plan.REPORTS)) {
      parts.add("### The same reports, as whole processes");
      parts.add(reports());
      parts.add(stages(Plan.REPORTS, DuckDbReports.NAME));
    }
    if (options.groups().contains(Plan.PROCESS)) {
      parts.add("### Whole processes, cold");
      parts.add(processes());
    }
    if (options.groups().contains(Plan.SKEW)) {
      parts.add("### People with very many events, heap " + Plan.SKEW_MEMORY);
      parts.add(skew());
    }
    return String.join("\n\n", parts) + "\n";
  }

  private List<Plan> plans(String group) {
    return benchmark.plans().stream().filter(plan -> plan.group().equals(group)).toList();
  }

  private String logs() {
    MarkdownTable table = new MarkdownTable("log", "events", "MiB", "written in s", "events / s");
    benchmark.plans().stream()
        .map(Plan::log)
        .distinct()
        .map(name -> Map.entry(name, logs.known(name)))
        .forEach(
            log ->
                table.row(
                    log.getKey(),
                    "%,d".formatted(log.getValue().events()),
                    "%,d".formatted(log.getValue().bytes() >> 20),
                    "%.0f".formatted(log.getValue().generated()),
                    "%,.0f".formatted(log.getValue().events() / log.getValue().generated())));
    return table.toString();
  }

  private String compared(String group, String base) {
    MarkdownTable table =
        new MarkdownTable(
            "log",
            "contender",
            "attribution s",
            "funnel s",
            "s",
            "× " + base,
            "process s",
            "CPU s",
            "peak MiB");
    for (Plan plan : plans(group)) {
      if (figures.failure(plan).isPresent()) {
        table.row(
            plan.log(), plan.contender(), "", "", figures.failure(plan).get(), "", "", "", "");
        continue;
      }
      boolean answers = !plan.contender().startsWith("scan-");
      OptionalDouble funnel =
          figures.median(plan, m -> m.stages().getOrDefault("funnel", Double.NaN));
      OptionalDouble attribution =
          figures.median(plan, m -> m.seconds() - m.stages().getOrDefault("funnel", 0.0));
      table.row(
          plan.log(),
          plan.contender(),
          answers ? cell("%.2f", attribution) : "",
          cell("%.2f", funnel),
          cell("%.2f", figures.median(plan, Measurement::seconds)),
          cell("%.2f", figures.ratio(plan, with(plan, base), Measurement::seconds)),
          cell("%.1f", figures.median(plan, Measurement::wall)),
          cell("%.1f", figures.median(plan, Measurement::cpu)),
          cell("%,.0f", figures.median(plan, Measurement::peakMib)));
    }
    return table.toString();
  }

  private static Plan with(Plan plan, String contender) {
    return new Plan(plan.group(), plan.log(), contender, plan.memory());
  }

  /** Seconds by events of a contender on the logs where it came through. */
  Map<Double, Double> secondsByEvents(String contender) {
    Map<Double, Double> points = new LinkedHashMap<>();
    plans(Plan.FULL).stream()
        .filter(plan -> plan.contender().equals(contender))
        .forEach(
            plan ->
                figures
                    .median(plan, Measurement::seconds)
                    .ifPresent(
                        seconds -> points.put((double) logs.known(plan.log()).events(), seconds)));
    return points;
  }

  private String growth() {
    if (options.millions().size() < 2) {
      return "One log only: nothing can be said of growth.";
    }
    MarkdownTable table = new MarkdownTable("contender", "time grows with events to the power of");
    for (String contender : plans(Plan.FULL).stream().map(Plan::contender).distinct().toList()) {
      List<Map.Entry<Double, Double>> points = List.copyOf(secondsByEvents(contender).entrySet());
      if (points.size() > 1) {
        Map.Entry<Double, Double> first = points.get(0);
        Map.Entry<Double, Double> last = points.get(points.size() - 1);
        table.row(
            contender,
            "%.2f"
                .formatted(
                    Figures.exponent(
                        first.getValue(), first.getKey(), last.getValue(), last.getKey())));
      }
    }
    return table.toString();
  }

  private String stages(String group, String contender) {
    List<Plan> plans =
        plans(group).stream().filter(plan -> plan.contender().equals(contender)).toList();
    List<String> stages =
        plans.stream()
            .flatMap(plan -> figures.of(plan).stream())
            .flatMap(m -> m.stages().keySet().stream())
            .distinct()
            .toList();
    MarkdownTable table =
        new MarkdownTable(
            Stream.concat(Stream.of(contender + ", s"), stages.stream()).toArray(String[]::new));
    for (Plan plan : plans) {
      table.row(
          Stream.concat(
                  Stream.of(plan.log()),
                  stages.stream()
                      .map(
                          stage ->
                              cell(
                                  "%.2f",
                                  figures.median(
                                      plan, m -> m.stages().getOrDefault(stage, Double.NaN)))))
              .toArray(String[]::new));
    }
    return table.toString();
  }

  private String reports() {
    MarkdownTable table =
        new MarkdownTable("log", "contender", "s", "× duckdb-reports", "CPU s", "peak MiB");
    for (Plan plan : plans(Plan.REPORTS)) {
      table.row(
          plan.log(),
          plan.contender(),
          figures.failure(plan).orElse(cell("%.1f", figures.median(plan, Measurement::wall))),
          cell("%.2f", figures.ratio(plan, with(plan, DuckDbReports.NAME), Measurement::wall)),
          cell("%.1f", figures.median(plan, Measurement::cpu)),
          cell("%,.0f", figures.median(plan, Measurement::peakMib)));
    }
    return table.toString();
  }

  private String processes() {
    MarkdownTable table = new MarkdownTable("log", "command", "s", "CPU s", "peak MiB");
    for (Plan plan : plans(Plan.PROCESS)) {
      table.row(
          plan.log(),
          plan.contender(),
          figures.failure(plan).orElse(cell("%.1f", figures.median(plan, Measurement::wall))),
          cell("%.1f", figures.median(plan, Measurement::cpu)),
          cell("%,.0f", figures.median(plan, Measurement::peakMib)));
    }
    return table.toString();
  }

  private String skew() {
    MarkdownTable table =
        new MarkdownTable("log", "contender", "s", "× without them", "CPU s", "peak MiB");
    for (Plan plan : plans(Plan.SKEW)) {
      Plan without =
          new Plan(plan.group(), benchmark.skewed().get(0), plan.contender(), plan.memory());
      table.row(
          plan.log(),
          plan.contender(),
          figures.failure(plan).orElse(cell("%.2f", figures.median(plan, Measurement::seconds))),
          cell("%.2f", figures.ratio(plan, without, Measurement::seconds)),
          cell("%.1f", figures.median(plan, Measurement::cpu)),
          cell("%,.0f", figures.median(plan, Measurement::peakMib)));
    }
    return table.toString();
  }
}
