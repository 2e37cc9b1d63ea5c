package dev.throughline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Another JVM with the class path of this one. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * Starts one; its output is to be read, and its errors go to a file.
   *
   * @param main the class whose main method it runs
   */
  public static Process start(Class<?> main, Path errors, String... args) {
    return start(List.of("-Xmx128m"), Map.of(), main, errors, args);
  }

  /** Starts one that may run Spark, with more in its environment. */
  public static Process startSpark(
      Map<String, String> environment, Class<?> main, Path errors, String... args) {
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-opens"))
        .forEach(options::add);
    return start(options, environment, main, errors, args);
  }

  private static Process start(
      List<String> options,
      Map<String, String> environment,
      Class<?> main,
      Path errors,
      String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            main.getName()));
    command.addAll(List.of(args));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
