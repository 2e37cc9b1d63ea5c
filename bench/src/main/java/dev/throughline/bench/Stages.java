package dev.throughline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Writes a line a stage. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    seconds.forEach((stage, time) -> lines.add(stage + "\t" + time));
    Files.write(file, lines);
  }

  Map<String, Double> seconds() {
    return seconds;
  }
}
