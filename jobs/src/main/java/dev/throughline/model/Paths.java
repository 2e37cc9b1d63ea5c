package dev.throughline.model;

import dev.throughline.config.Settings.PeopleRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes journeys down as paths. */
final class Paths {
  private static final String LAST = "last(";

  private final List<UnaryOperator<List<String>>> transforms;

  Paths(PeopleRules rules) {
    transforms = rules.pathTransforms().stream().map(Paths::transform).toList();
  }

  /** The transform of a word in {@code throughline.paths.transforms}, which was checked. */
  private static UnaryOperator<List<String>> transform(String word) {
    return switch (word) {
      case "identity" -> UnaryOperator.identity();
      case "exposure" -> Paths::exposure;
      case "first" -> members -> members.stream().distinct().toList();
      case "frequency" -> Paths::frequency;
      default -> {
        int n = Integer.parseInt(word.substring(LAST.length(), word.length() - 1));
        yield members -> members.subList(Math.max(0, members.size() - n), members.size());
      }
    };
  }

  private static List<String> exposure(List<String> members) {
    List<String> changes = new ArrayList<>();
    for (String member : members) {
      if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(member)) {
        changes.add(member);
      }
    }
    return changes;
  }

  private static List<String> frequency(List<String> members) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    members.forEach(member -> counts.merge(member, 1, Integer::sum));
    return counts.entrySet().stream().map(e -> e.getKey() + "(" + e.getValue() + ")").toList();
  }

  /** The path of the members of a journey's touches. */
  String of(String[] members, int size) {
    if (size == 0) {
      return Journeys.UNATTRIBUTED;
    }
    List<String> path = Arrays.asList(members).subList(0, size);
    for (UnaryOperator<List<String>> transform : transforms) {
      path = transform.apply(path);
    }
    return String.join(" > ", path.stream().map(Paths::escaped).toList());
  }

  private static String escaped(String member) {
    return member.replace("\\", "\\\\").replace(">", "\\>");
  }
}
