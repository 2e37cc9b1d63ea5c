package dev.throughline.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The campaigns, or the channels, of a journey's touches, oldest first. The array belongs to the
 * sweep and is used again for the next journey.
 */
final class Members {
  private final String[] of;
  private final boolean[] first;
  private final Set<String> seen = new HashSet<>();
  private int known;

  Members(int capacity) {
    of = new String[capacity];
    first = new boolean[capacity];
  }

  void set(int i, String member) {
    of[i] = member;
    known = 0;
  }

  String get(int i) {
    return of[i];
  }

  /** Moves the touches from a place on to the front. */
  void shift(int from, int size) {
    System.arraycopy(of, from, of, 0, size - from);
    known = 0;
  }

  /** Whether no earlier touch is of the same member. */
  boolean isFirst(int i) {
    if (known == 0) {
      seen.clear();
    }
    for (; known <= i; known++) {
      first[known] = seen.add(of[known]);
    }
    return first[i];
  }

  /** The first so many of them; a view that is valid as long as the journey is. */
  List<String> list(int size) {
    return Arrays.asList(of).subList(0, size);
  }
}
