package dev.throughline.bench;

import java.util.Map;

/**
 * One run of a contender.
 *
 * @param failure why there is nothing else; empty if there is
 * @param stages seconds by stage of the work itself, after a warm-up; empty for a command
 * @param wall seconds of the whole process
 * @param cpu seconds of all its threads
 * @param peakMib most memory resident at once
 */
record Measurement(
    Plan plan,
    int round,
    String failure,
    Map<String, Double> stages,
    double wall,
    double cpu,
    double peakMib) {

  boolean ok() {
    return failure.isEmpty();
  }

  /**
   * Seconds of the work itself; of a command, which is timed from outside, those of its process.
   */
  double seconds() {
    return stages.isEmpty()
        ? wall
        : stages.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
