package dev.throughline.bench;

import java.util.List;

/**
 * What is measured on a log: a group of contenders that answer the same question, in turn.
 *
 * @param group full, touches, night, reports, process or skew
 * @param log name of the log
 * @param contender its name, see {@link Contenders} and {@link Commands}
 * @param memory heap of the process
 */
record Plan(String group, String log, String contender, String memory) {
  static final String FULL = "full";
  static final String TOUCHES = "touches";
  static final String NIGHT = "night";
  static final String PROCESS = "process";
  static final String REPORTS = "reports";
  static final String SKEW = "skew";
  static final List<String> GROUPS = List.of(FULL, TOUCHES, NIGHT, REPORTS, PROCESS, SKEW);

  /** The contenders that meet people with very many events. */
  static final List<String> SKEWED = List.of("throughline", "duckdb", "duckdb-join", "naive");

  /** A heap that a person with very many events must fit into. */
  static final String SKEW_MEMORY = "1g";

  /** Those whose results have to be the same. */
  String question() {
    if (contender.startsWith("scan-")) {
      return contender.replaceAll("-(spark|duckdb)$", "") + " " + log;
    }
    if (group.equals(REPORTS) || group.equals(TOUCHES)) {
      return group + " " + log;
    }
    return (contender.startsWith("night-") ? "night " : "full ") + log;
  }

  @Override
  public String toString() {
    return group + " " + log + " " + contender;
  }
}
