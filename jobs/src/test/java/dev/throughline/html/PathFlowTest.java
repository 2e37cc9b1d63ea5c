package dev.throughline.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Paths become flows that run in no circle and lose nobody. */
class PathFlowTest {
  @Test
  void membersAreThoseThatWereJoined() {
    assertEquals(List.of("a", "b", "a"), PathFlow.members("a > b > a"));
    assertEquals(List.of("a > b", "c\\", ">"), PathFlow.members("a \\> b > c\\\\ > \\>"));
    assertEquals(List.of("(unattributed)"), PathFlow.members("(unattributed)"));
    assertEquals(List.of("a ", " b", "A(3)"), PathFlow.members("a  >  b > A(3)"));
  }

  @Test
  void flowsRunForwardAndAddUp() {
    List<TableRow> paths =
        List.of(
            path("a", 5, 100),
            path("a > b > a", 3, 7),
            path("b > a > b > a > b > a > b", 2, 1),
            path("(unattributed)", 4, 0));
    Chart.Sankey flow = PathFlow.of("all", paths);
    Map<String, Integer> depth = new HashMap<>();
    Map<String, Long> balance = new HashMap<>();
    flow.nodes().forEach(node -> depth.put(node.id(), node.depth()));
    for (Chart.Link link : flow.links()) {
      assertTrue(depth.get(link.from()) < depth.get(link.to()), link.toString());
      balance.merge(link.to(), link.weight(), Long::sum);
      balance.merge(link.from(), -link.weight(), Long::sum);
    }
    Map<String, Long> expected = new HashMap<>();
    flow.nodes().forEach(node -> expected.put(node.id(), 0L));
    expected.put("0 a", -115L);
    expected.put("0 b", -3L);
    expected.put("0 (unattributed)", -4L);
    expected.put("6 Converted", 14L);
    expected.put("6 Did not convert", 108L);
    assertEquals(expected, balance);
    assertTrue(
        PathFlow.converting("few", paths).nodes().stream()
            .noneMatch(node -> node.label().equals("Did not convert")));
  }

  private static TableRow path(String path, long conversions, long others) {
    return new TableRow(
        Map.of("path", path, "conversions", conversions, "non_converting_journeys", others));
  }
}
