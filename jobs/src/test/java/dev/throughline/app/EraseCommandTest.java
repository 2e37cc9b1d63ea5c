package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.Event;
import dev.throughline.testing.PipelineRun;
import dev.throughline.testing.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EraseCommandTest {
  private static final String FORGOTTEN = "somebody-to-forget";

  private static @TempDir Path folder;
  private static Scenario log;
  private static PipelineRun run;

  private record Outcome(int exitCode, String out, String err) {}

  @BeforeEach
  void threeDays() {
    if (log == null) {
      log =
          Scenario.in(folder)
              .events(
                  List.of(
                      Event.event().user("u1").click().at("2026-10-29 10:00"),
                      Event.event().user(FORGOTTEN).click().at("2026-10-30 10:00"),
                      Event.event().user("u1").click().at("2026-10-30 11:00"),
                      Event.event().user("u1").conversion("purchase").at("2026-10-31 10:00")));
      run = log.run("2026-10-29", "2026-10-31");
      assertEquals(0, run.exitCode(), run.stderr());
    }
  }

  private static Outcome erase(String... lines) throws IOException {
    Path people = folder.resolve("people.txt");
    Files.write(people, List.of(lines));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Throughline.execute(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "erase",
            "--people",
            people.toString(),
            "--set",
            "throughline.input.events.path=" + log.log(),
            "--set",
            "throughline.output.path=" + run.output());
    return new Outcome(code, out.toString(), err.toString());
  }

  /** Days of which touches are kept. */
  private static Set<String> kept() throws IOException {
    try (Stream<Path> days = Files.list(run.output().resolve("_kept/touches"))) {
      return days.map(day -> day.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static boolean holds(Path file, String word) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long filesThatHold(String word) throws IOException {
    try (Stream<Path> files = Files.walk(run.output())) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, word)).count();
    }
  }

  @Test
  void aDayThatHoldsThePersonIsRemovedAndReadFromTheLogAgain() throws IOException {
    assertEquals(Set.of("day=2026-10-29", "day=2026-10-30", "day=2026-10-31"), kept());
    // Of touches of the day, and of those carried to the last.
    assertEquals(2, filesThatHold(FORGOTTEN));

    Outcome outcome = erase("nobody-of-these", "  " + FORGOTTEN + " ", "");

    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("any of them: [2026-10-30]"), outcome.out());
    assertTrue(outcome.out().contains("run --from 2026-10-30"), outcome.out());
    assertEquals(false, outcome.out().contains(FORGOTTEN));
    assertEquals(Set.of("day=2026-10-29", "day=2026-10-31"), kept());
    assertEquals(0, filesThatHold(FORGOTTEN));
    List<?> before = run.rows("attribution");
    PipelineRun again =
        log.runInto(run.output().getFileName().toString(), "2026-10-31", "2026-10-31");
    assertEquals(0, again.exitCode(), again.stderr());
    assertEquals(before, again.rows("attribution"));
    assertTrue(kept().contains("day=2026-10-30"));
  }

  @Test
  void whoIsNotThereChangesNothing() throws IOException {
    Set<String> before = kept();
    Outcome outcome = erase("nobody-of-these");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("any of them: none"), outcome.out());
    assertEquals(before, kept());
  }

  @Test
  void aFileWithoutIdsIsRefused() throws IOException {
    Outcome outcome = erase("", "  ");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("people.txt, given by --people, holds no user id"));
  }
}
