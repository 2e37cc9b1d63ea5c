package dev.throughline.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Writes journeys down as paths. */
final class Paths {
  /** What stands between two members of a path. */
  static final String THEN = " > ";

  private static final String LAST = "last(";

  private final List<UnaryOperator<List<String>>> transforms;

  /**
   * @param transforms words of {@code throughline.paths.transforms}
   */
  Paths(List<String> transforms) {
    this.transforms = transforms.stream().map(Paths::transform).toList();
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
  String of(Members members, int size) {
    if (size == 0) {
      return Journeys.UNATTRIBUTED;
    }
    return text(transformed(members.list(size)));
  }

  /** The members after all transforms. */
  List<String> transformed(List<String> members) {
    List<String> path = members;
    for (UnaryOperator<List<String>> transform : transforms) {
      path = transform.apply(path);
    }
    return path;
  }

  /** Members as one text, in which no two lists look alike. */
  static String text(List<String> members) {
    return members.stream().map(Paths::escaped).collect(Collectors.joining(THEN));
  }

  private static String escaped(String member) {
    return member.replace("\\", "\\\\").replace(">", "\\>");
  }
}
