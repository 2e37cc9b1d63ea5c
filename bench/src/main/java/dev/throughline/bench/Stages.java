package dev.throughline.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Seconds by stage, in order. */
final class Stages {
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /** Does a stage's work and adds the time that it took. */
  <T> T time(String stage, Callable<T> work) throws Exception {
    long start = System.nanoTime();
    T result = work.call();
    seconds.merge(stage, (System.nanoTime() - start) / 1e9, Double::sum);
    return result;
  }

  Map<String, Double> seconds() {
    return seconds;
  }
}
