package dev.throughline.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The states of Markov chains as text: the start, the two ends, and the members of some touches in
 * a row, oldest first, as paths are written.
 */
public final class ChainStates {
  public static final String START = "(start)";
  public static final String CONVERSION = "(conversion)";
  public static final String NULL = "(null)";

  private ChainStates() {}

  /** The state of these members. One that is called like a start or an end is told from it. */
  static String of(List<String> members) {
    String text = Paths.text(members);
    return text.equals(START) || text.equals(CONVERSION) || text.equals(NULL) ? "\\" + text : text;
  }

  /** The members of a state; empty for the start and the ends. */
  public static List<String> members(String state) {
    List<String> members = new ArrayList<>();
    if (state.equals(START) || state.equals(CONVERSION) || state.equals(NULL)) {
      return members;
    }
    StringBuilder member = new StringBuilder();
    for (int i = 0; i < state.length(); i++) {
      char c = state.charAt(i);
      if (c == '\\') {
        member.append(state.charAt(++i));
      } else if (state.startsWith(Paths.THEN, i)) {
        members.add(member.toString());
        member.setLength(0);
        i += Paths.THEN.length() - 1;
      } else {
        member.append(c);
      }
    }
    members.add(member.toString());
    return members;
  }

  /**
   * The states that a journey goes through: all runs of so many touches, or the whole journey where
   * it is shorter; of equal neighbours one.
   *
   * @param members the members of the touches, at least one
   */
  static List<String> passed(List<String> members, int order) {
    int length = Math.min(order, members.size());
    List<String> states = new ArrayList<>();
    for (int i = 0; i + length <= members.size(); i++) {
      String state = of(members.subList(i, i + length));
      if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
        states.add(state);
      }
    }
    return states;
  }
}
