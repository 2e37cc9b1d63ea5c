package dev.throughline.html;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A drawing, as data for the page's script. Each number comes with the text that shows it. */
sealed interface Chart {

  Map<String, Object> json();

  /** How a number becomes a length. */
  enum Scale {
    LINEAR,
    PERCENT,
    /** For counts that fall by orders of magnitude, such as from impressions to conversions. */
    LOG
  }

  /**
   * A row of numbers, one for each category.
   *
   * @param name what they are
   * @param tone the name of a colour
   * @param values the numbers; null where there is none
   * @param texts the numbers as text
   */
  record Series(String name, String tone, List<Double> values, List<String> texts) {
    Map<String, Object> json() {
      return Json.object("name", name, "tone", tone, "values", values, "texts", texts);
    }
  }

  /**
   * Bars that lie, one group for each category.
   *
   * @param label what a listener hears in place of the drawing
   * @param centred whether bars stand about a middle, as a pyramid does
   * @param highlight positions of the categories that stand out
   */
  record Bars(
      String label,
      List<String> categories,
      List<Series> series,
      Scale scale,
      boolean centred,
      Set<Integer> highlight)
      implements Chart {
    static Bars of(String label, List<String> categories, Scale scale, Series... series) {
      return new Bars(label, categories, List.of(series), scale, false, Set.of());
    }

    Bars asPyramid() {
      return new Bars(label, categories, series, scale, true, highlight);
    }

    Bars highlighting(Set<Integer> positions) {
      return new Bars(label, categories, series, scale, centred, positions);
    }

    @Override
    public Map<String, Object> json() {
      return Json.object(
          "type", "bars",
          "label", label,
          "categories", categories,
          "series", series.stream().map(Series::json).toList(),
          "scale", scale.name(),
          "centred", centred,
          "highlight", highlight);
    }
  }

  /** A dot for each series on the line of each category. */
  record Dots(String label, List<String> categories, List<Series> series) implements Chart {
    @Override
    public Map<String, Object> json() {
      return Json.object(
          "type",
          "dots",
          "label",
          label,
          "categories",
          categories,
          "series",
          series.stream().map(Series::json).toList());
    }
  }

  /** Flows from left to right. */
  record Sankey(String label, List<Node> nodes, List<Link> links) implements Chart {
    @Override
    public Map<String, Object> json() {
      return Json.object(
          "type",
          "sankey",
          "label",
          label,
          "nodes",
          nodes.stream().map(Node::json).toList(),
          "links",
          links.stream().map(Link::json).toList());
    }
  }

  /**
   * Where flows meet.
   *
   * @param id tells it from all others, at its depth
   * @param depth how far to the right it stands
   */
  record Node(String id, String label, int depth, String tone) {
    Map<String, Object> json() {
      return Json.object("id", id, "label", label, "depth", depth, "tone", tone);
    }
  }

  /** A flow. */
  record Link(String from, String to, long weight) {
    Map<String, Object> json() {
      return Json.object("from", from, "to", to, "weight", weight, "text", Format.count(weight));
    }
  }
}
