package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.LogFixture;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is written to while a run reads it. */
class ChangedInputTest {
  @TempDir Path temp;

  /** What someone does to the log. */
  private interface Change {
    Path of(LogFixture log) throws IOException;
  }

  @Test
  void nothingIsPublishedOfAFileThatChangedAppearedOrVanished() {
    refused(
        "of the look-back",
        log -> Files.setLastModifiedTime(log.file("2026-10-30"), FileTime.fromMillis(7_000)),
        "bytes of 1970-01-01T00:00:07Z");
    refused(
        "appeared",
        log ->
            Files.copy(
                log.file("2026-10-30"), log.file(LogFixture.DAY).resolveSibling("more.parquet")),
        "it was not there and is now ");
    refused(
        "vanished",
        log -> {
          Path file = log.file("2026-10-30");
          Files.delete(file);
          return file;
        },
        " and is now not there");
  }

  private void refused(String name, Change change, String told) {
    LogFixture log = LogFixture.standard(temp.resolve(name));
    TestSession.get();
    StringWriter said = new StringWriter();
    Path[] changed = new Path[1];
    PrintWriter err =
        new PrintWriter(said) {
          @Override
          public void println(String line) {
            super.println(line);
            if (line.endsWith("write and audit data_quality …")) {
              try {
                changed[0] = change.of(log);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    int code =
        Throughline.execute(
            new PrintWriter(new StringWriter()),
            err,
            "run",
            "--date",
            LogFixture.DAY,
            "--reports",
            "data_quality",
            "--set",
            "throughline.input.events.path=" + log.events(),
            "--set",
            "throughline.output.path=" + log.warehouse());
    assertEquals(3, code, said::toString);
    String file = "The file file:" + changed[0] + " of the event log changed while the run read it";
    assertTrue(said.toString().contains(file), said::toString);
    assertTrue(said.toString().contains(told), said::toString);
    assertEquals(Map.of(), log.tables());
    assertFalse(Files.exists(log.warehouse().resolve("_kept")));
  }
}
