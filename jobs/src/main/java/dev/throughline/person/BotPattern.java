package dev.throughline.person;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells user agents of declared bots, matching each different agent once in a task. */
final class BotPattern {
  /** With more different agents than this they are forgotten, to bound memory. */
  private static final int MOST_AGENTS = 50_000;

  private final Pattern pattern;
  private final Map<String, Boolean> agents = new HashMap<>();

  /**
   * @param regex what a declared bot's agent contains; empty: no agent declares a bot
   */
  BotPattern(String regex) {
    pattern = regex.isEmpty() ? null : Pattern.compile(regex);
  }

  boolean matches(Text agent) {
    if (pattern == null) {
      return false;
    }
    if (agents.size() >= MOST_AGENTS) {
      agents.clear();
    }
    return agents.computeIfAbsent(agent.toString(), text -> pattern.matcher(text).find());
  }
}
