package dev.throughline.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Seconds by events as lines, both on a logarithmic scale, as SVG. */
final class Chart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int LEFT = 60;
  private static final int RIGHT = 150;
  private static final int TOP = 20;
  private static final int BOTTOM = 45;
  private static final int LABEL_HEIGHT = 14;
  private static final String[] COLOURS = {
    "#c2410c", "#1d4ed8", "#0891b2", "#6b7280", "#a16207", "#15803d"
  };

  private final Map<String, Map<Double, Double>> lines = new LinkedHashMap<>();
  private final StringBuilder svg = new StringBuilder();

  /** Adds a line, unless it has no point. */
  void line(String name, Map<Double, Double> secondsByEvents) {
    if (!secondsByEvents.isEmpty()) {
      lines.put(name, secondsByEvents);
    }
  }

  /** Whether there is nothing to draw. */
  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** The drawing; there is a line. */
  String svg() {
    Scale x =
        Scale.of(lines.values().stream().flatMap(l -> l.keySet().stream()), LEFT, WIDTH - RIGHT);
    Scale y =
        Scale.of(lines.values().stream().flatMap(l -> l.values().stream()), HEIGHT - BOTTOM, TOP);
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n"
            .formatted(WIDTH, HEIGHT));
    svg.append("<title>Seconds by events of the log</title>\n");
    svg.append("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n".formatted(WIDTH, HEIGHT));
    for (double tick : x.ticks()) {
      segment(x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM);
      text(x.at(tick), HEIGHT - BOTTOM + 18, "middle", "#444", Logs.name(tick / 1e6));
    }
    for (double tick : y.ticks()) {
      segment(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick));
      text(
          LEFT - 6,
          y.at(tick) + 4,
          "end",
          "#444",
          "%.4g".formatted(tick).replaceAll("\\.?0+$", ""));
    }
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", "#444", "events of the log");
    text(LEFT - 6, TOP - 6, "end", "#444", "s");
    lines(x, y);
    return svg.append("</svg>\n").toString();
  }

  private void lines(Scale x, Scale y) {
    double free = TOP;
    int colour = 0;
    List<Map.Entry<String, Map<Double, Double>>> slowestFirst =
        lines.entrySet().stream()
            .sorted((a, b) -> Double.compare(last(b.getValue()), last(a.getValue())))
            .toList();
    for (Map.Entry<String, Map<Double, Double>> line : slowestFirst) {
      String stroke = COLOURS[colour++ % COLOURS.length];
      StringBuilder points = new StringBuilder();
      line.getValue()
          .forEach(
              (events, seconds) -> {
                points.append("%.1f,%.1f ".formatted(x.at(events), y.at(seconds)));
                svg.append(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n"
                        .formatted(x.at(events), y.at(seconds), stroke));
              });
      svg.append(
          "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n"
              .formatted(points.toString().strip(), stroke));
      double at = Math.max(free, y.at(last(line.getValue())) + 4);
      text(WIDTH - RIGHT + 8, at, "start", stroke, line.getKey());
      free = at + LABEL_HEIGHT;
    }
  }

  private static double last(Map<Double, Double> points) {
    return points.values().stream().reduce((a, b) -> b).orElseThrow();
  }

  private void segment(double x1, double y1, double x2, double y2) {
    svg.append(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n"
            .formatted(x1, y1, x2, y2));
  }

  private void text(double x, double y, String anchor, String colour, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            colour,
            text));
  }

  /** A logarithmic scale from numbers to places, with a little room at both ends. */
  private record Scale(double low, double high, double from, double to) {
    private static final double ROOM = 1.25;

    static Scale of(java.util.stream.Stream<Double> values, double from, double to) {
      double[] all = values.mapToDouble(Double::doubleValue).toArray();
      return new Scale(
          DoubleStream.of(all).min().orElseThrow() / ROOM,
          DoubleStream.of(all).max().orElseThrow() * ROOM,
          from,
          to);
    }

    double at(double value) {
      return from + (to - from) * Math.log(value / low) / Math.log(high / low);
    }

    /** 1, 3, 10, 30 and so on. */
    double[] ticks() {
      return java.util.stream.IntStream.rangeClosed(-6, 12)
          .mapToObj(power -> Math.pow(10, power))
          .flatMapToDouble(ten -> DoubleStream.of(ten, 3 * ten))
          .filter(tick -> tick >= low && tick <= high)
          .toArray();
    }
  }
}
