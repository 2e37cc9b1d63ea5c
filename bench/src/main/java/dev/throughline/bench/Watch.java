package dev.throughline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a process, and looks at its time and memory as the kernel counts them. */
final class Watch {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** What {@code /proc} counts processor time in; the same on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int LOOK_EVERY_MILLIS = 20;

  /**
   * What became of a process.
   *
   * @param failure empty if it ended well
   */
  record Seen(String failure, double wall, double cpu, double peakMib) {}

  private Watch() {}

  /**
   * Runs a command to its end, or to the limit.
   *
   * @param output file for all that it prints
   * @param limit seconds
   */
  static Seen run(List<String> command, Map<String, String> environment, Path output, int limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    long start = System.nanoTime();
    Process process = builder.start();
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    double cpu = 0;
    double peak = 0;
    while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      cpu = Math.max(cpu, cpu(proc));
      peak = Math.max(peak, peak(proc));
      if (System.nanoTime() - start > limit * 1_000_000_000L) {
        process.destroyForcibly().waitFor();
        return new Seen("over " + limit + " s", limit, cpu, peak);
      }
    }
    double wall = (System.nanoTime() - start) / 1e9;
    return new Seen(process.exitValue() == 0 ? "" : why(output), wall, cpu, peak);
  }

  private static String why(Path output) throws IOException {
    String text = Files.readString(output, StandardCharsets.UTF_8);
    return text.contains("OutOfMemoryError") || text.contains("Out of Memory Error")
        ? "out of memory"
        : "failed";
  }

  /** 0 when the process has gone. */
  private static double cpu(Path proc) {
    String stat = read(proc.resolve("stat"));
    // The name in brackets may hold anything; fields 14 and 15 are times in user and system mode.
    int name = stat.lastIndexOf(')');
    if (name < 0) {
      return 0;
    }
    String[] fields = stat.substring(name + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static double peak(Path proc) {
    Matcher found = PEAK.matcher(read(proc.resolve("status")));
    return found.find() ? Long.parseLong(found.group(1)) / 1024.0 : 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
