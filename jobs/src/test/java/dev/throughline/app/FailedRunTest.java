package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that fails while it computes says so in its manifest, and leaves nothing else. */
class FailedRunTest {
  static final String DAY = "2026-10-30";

  @Test
  void aDamagedFileIsNamedAndRecorded(@TempDir Path folder) throws IOException {
    Path damaged = damagedLog(folder);
    Path warehouse = folder.resolve("warehouse");
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    TestSession.get();
    int code =
        Throughline.execute(
            out,
            out,
            "run",
            "--date",
            DAY,
            "--set",
            "throughline.input.events.path=" + folder.resolve("log"),
            "--set",
            "throughline.output.path=" + warehouse);
    assertEquals(3, code, said::toString);
    assertTrue(said.toString().contains(damaged.getFileName().toString()), said::toString);
    assertEquals(List.of("_lease", "_runs"), names(warehouse));
    List<String> manifests =
        names(warehouse.resolve("_runs")).stream().filter(n -> !n.startsWith(".")).toList();
    assertEquals(1, manifests.size(), manifests::toString);
    String manifest = Files.readString(warehouse.resolve("_runs").resolve(manifests.get(0)));
    assertTrue(manifest.contains("\"status\" : \"failed\""), manifest);
    assertTrue(manifest.contains("\"kind\" : \"INPUT\""), manifest);
    assertFalse(manifest.contains("\"tables\""), manifest);
  }

  /** A day of the sample with one bit changed in the middle of its file. */
  static Path damagedLog(Path folder) throws IOException {
    Path source = Path.of("..", "data-samples", "events", "dt=" + DAY);
    Path day = Files.createDirectories(folder.resolve("log").resolve("dt=" + DAY));
    String name =
        names(source).stream().filter(n -> n.endsWith(".parquet")).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(source.resolve(name));
    bytes[bytes.length / 2] ^= 4;
    return Files.write(day.resolve(name), bytes);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
