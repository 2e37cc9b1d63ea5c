package dev.throughline.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.ObjectName;

/**
 * Keeps the JVM's second, optimising compiler from work that will not pay: over few rows a run
 * takes a fifth less CPU time without it, since it ends before what is compiled so has earned that.
 *
 * <p>What it has passed over once it does not compile later in the same process either, so this is
 * for processes that end with their run. {@code scripts/throughline} says that its are of this
 * kind.
 */
final class FirstCompiler {
  /** Set for a JVM that does nothing else. */
  static final String OWN_PROCESS = "throughline.own-process";

  private static final String DIRECTIVES = "[{match: \"*.*\", c2: {Exclude: true}}]";

  private FirstCompiler() {}

  /**
   * From here on methods are compiled by the first compiler only, if the process is the run's own.
   * A JVM that has no such command goes on as it did: the run takes longer, and is the same.
   */
  static void only() {
    if (Boolean.getBoolean(OWN_PROCESS)) {
      try {
        Path file = Files.createTempFile("throughline-compiler", ".json");
        try {
          Files.writeString(file, DIRECTIVES);
          command("compilerDirectivesAdd", file.toString());
        } finally {
          Files.delete(file);
        }
      } catch (IOException | JMException | JMRuntimeException e) {
        return;
      }
    }
  }

  /** Gives the JVM one of the commands that it takes from administrators. */
  static String command(String name, String... arguments) throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                name,
                new Object[] {arguments},
                new String[] {String[].class.getName()});
  }
}
