package dev.throughline.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Journeys as flows from touch to touch, to whether they converted. A node is a member at a
 * position, so that no flow runs in a circle.
 */
final class PathFlow {
  /** So many positions are told apart; what lies between them and the end is one node. */
  static final int POSITIONS = 5;

  private static final String SEPARATOR = " > ";
  private static final int END = POSITIONS + 1;

  private final Map<String, Chart.Node> nodes = new LinkedHashMap<>();
  private final Map<List<String>, Long> links = new LinkedHashMap<>();

  private PathFlow() {}

  /** Journeys that converted, and journeys that did not. */
  static Chart.Sankey of(String label, List<TableRow> paths) {
    PathFlow flow = new PathFlow();
    for (TableRow path : paths) {
      flow.converted(path);
      flow.add(path, "non_converting_journeys", "Did not convert", "quiet");
    }
    return flow.chart(label);
  }

  /** Only the few that converted, which could hardly be seen beside the others. */
  static Chart.Sankey converting(String label, List<TableRow> paths) {
    PathFlow flow = new PathFlow();
    paths.forEach(flow::converted);
    return flow.chart(label);
  }

  private Chart.Sankey chart(String label) {
    return new Chart.Sankey(
        label,
        List.copyOf(nodes.values()),
        links.entrySet().stream()
            .map(
                link -> new Chart.Link(link.getKey().get(0), link.getKey().get(1), link.getValue()))
            .toList());
  }

  private void converted(TableRow path) {
    add(path, "conversions", "Converted", "outcome");
  }

  private void add(TableRow path, String column, String end, String tone) {
    long journeys = path.count(column);
    if (journeys == 0) {
      return;
    }
    List<String> members = members(path.text("path"));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < Math.min(members.size(), POSITIONS); i++) {
      boolean cut = i == POSITIONS - 1 && members.size() > POSITIONS;
      ids.add(node(cut ? "… more" : members.get(i), i, "attention"));
    }
    ids.add(node(end, END, tone));
    for (int i = 1; i < ids.size(); i++) {
      links.merge(List.of(ids.get(i - 1), ids.get(i)), journeys, Long::sum);
    }
  }

  private String node(String label, int depth, String tone) {
    String id = depth + " " + label;
    nodes.putIfAbsent(id, new Chart.Node(id, label, depth, tone));
    return id;
  }

  /** The members of a path, without the backslashes that protect them. */
  static List<String> members(String path) {
    List<String> members = new ArrayList<>();
    for (String member : path.split(SEPARATOR, -1)) {
      members.add(member.replaceAll("\\\\(.)", "$1"));
    }
    return members;
  }
}
