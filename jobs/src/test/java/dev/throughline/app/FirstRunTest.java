package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How scripts/lib.sh runs java with an archive of classes, and makes it, on a program of two
 * classes. One of them is for Java 9 and later, as one of Log4j is.
 */
class FirstRunTest {
  private static final String MAIN =
      """
      public class Main {
        public static void main(String[] arguments) throws Exception {
          Class.forName("OfJava9");
          System.out.println("done");
          System.exit(Integer.parseInt(arguments[0]));
        }
      }
      """;

  @TempDir Path home;
  private Path target;

  @BeforeEach
  void aProgram() throws IOException {
    target = Files.createDirectories(home.resolve("jobs/target"));
    Files.copy(Path.of("../pom.xml"), home.resolve("pom.xml"));
    Path main = Files.writeString(home.resolve("Main.java"), MAIN);
    Path other = Files.writeString(home.resolve("OfJava9.java"), "public class OfJava9 {}");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", main.toString(), other.toString());
    assertEquals(0, compiled);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (OutputStream file = Files.newOutputStream(target.resolve("throughline.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      jar.putNextEntry(new JarEntry("Main.class"));
      Files.copy(home.resolve("Main.class"), jar);
      jar.putNextEntry(new JarEntry("META-INF/versions/9/OfJava9.class"));
      Files.copy(home.resolve("OfJava9.class"), jar);
    }
  }

  /** Starts the program as scripts/throughline starts a run. */
  private Process start(String options, int exitCode) throws IOException {
    String script =
        """
        set -euo pipefail
        . "$0"
        with_archive run --date 2026-10-31
        run_java $THROUGHLINE_JAVA_OPTS -cp "$JAR" Main %d
        """
            .formatted(exitCode);
    ProcessBuilder shell =
        new ProcessBuilder(
            "bash", "-c", script, Path.of("../scripts/lib.sh").toAbsolutePath().toString());
    shell.environment().put("THROUGHLINE_HOME", home.toString());
    shell.environment().put("THROUGHLINE_JAVA_OPTS", options);
    shell.directory(home.toFile());
    return shell.redirectErrorStream(true).start();
  }

  private static String outputOf(Process process, int exitCode)
      throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(exitCode, process.waitFor(), output);
    return output;
  }

  private List<String> archives() throws IOException {
    try (var files = Files.list(target)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(".jsa"))
          .toList();
    }
  }

  private String logged() throws IOException, InterruptedException {
    return outputOf(start("-Xlog:class+load", 0), 0);
  }

  @Test
  void theFirstRunThatEndsWellMakesTheArchiveForTheNext() throws Exception {
    String failed = outputOf(start("", 3), 3);
    assertTrue(failed.contains("done"), failed);
    assertEquals(List.of(), archives(), "a run that failed leaves none");
    String first = logged();
    assertTrue(first.contains("this run archives the classes"), first);
    assertFalse(first.contains("Main source: shared objects file"), first);
    assertEquals(List.of("throughline.jsa"), archives());
    String second = logged();
    assertFalse(second.contains("this run archives the classes"), second);
    assertTrue(second.contains("Main source: shared objects file (top)"), second);
  }

  @Test
  void firstRunsAtTheSameTimeDoNotHarmEachOther() throws Exception {
    List<Process> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(start("", 0));
    }
    for (Process run : runs) {
      assertTrue(outputOf(run, 0).contains("done"));
    }
    assertEquals(List.of("throughline.jsa"), archives());
    assertTrue(logged().contains("Main source: shared objects file (top)"));
  }

  /** With the archive the JVM 17 crashes in such a run, for the class of META-INF/versions. */
  @Test
  void aFlightRecordingGoesWithoutTheArchive() throws Exception {
    outputOf(start("", 0), 0);
    assertEquals(List.of("throughline.jsa"), archives());
    String recording = "-XX:StartFlightRecording=filename=" + home.resolve("run.jfr");
    String recorded = outputOf(start(recording + " -Xlog:class+load", 0), 0);
    assertFalse(recorded.contains("Main source: shared objects file"), recorded);
    assertTrue(Files.size(home.resolve("run.jfr")) > 0);
  }
}
