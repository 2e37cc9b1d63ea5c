package dev.throughline.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scripts, each run in a process of its own. */
public final class Script {

  private Script() {}

  /**
   * How a script ended.
   *
   * @param code its exit code
   * @param output what it printed, errors as well
   */
  public record Ended(int code, String output) {}

  /**
   * Runs a script to its end.
   *
   * @param name its name in scripts/
   * @param folder where its output is kept meanwhile
   */
  public static Ended run(String name, List<String> arguments, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of("..", "scripts", name).toRealPath().toString());
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, name, ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    // Such a small run is over before the optimising compiler has paid for itself.
    builder.environment().put("THROUGHLINE_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    builder.environment().put("THROUGHLINE_HEAP", "1g");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroy();
      process.waitFor();
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }
}
