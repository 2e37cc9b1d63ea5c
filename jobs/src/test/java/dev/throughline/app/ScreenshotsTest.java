package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.testing.Chromium;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures of the page of the committed sample. Not a test of anything: {@code mvn verify
 * -Dtest=ScreenshotsTest -Dsurefire.failIfNoSpecifiedTests=false -DskipITs
 * -Dthroughline.screenshots=docs/images} writes them into that folder of the repository.
 */
@EnabledIfSystemProperty(named = "throughline.screenshots", matches = ".+")
class ScreenshotsTest {
  private static final Path HOME = Path.of("..");
  private static final Path SAMPLES = HOME.resolve("data-samples");

  @TempDir private Path temp;

  @Test
  void write() throws IOException {
    Path folder = HOME.resolve(System.getProperty("throughline.screenshots"));
    Path file = temp.resolve("report.html");
    command("run");
    command("html", "--out", file.toString());
    Files.createDirectories(folder);
    try (Chromium page = Chromium.open(temp.resolve("profile"))) {
      shoot(page, file, 1280, 1500, "light", folder.resolve("report-1280.png"));
      shoot(page, file, 390, 1500, "light", folder.resolve("report-390.png"));
      shoot(page, file, 1280, 1500, "dark", folder.resolve("report-dark-1280.png"));
      shoot(page, file, 390, 1500, "dark", folder.resolve("report-dark-390.png"));
      assertEquals(List.of(), page.complaints());
    }
  }

  private static void shoot(
      Chromium page, Path file, int width, int height, String scheme, Path picture)
      throws IOException {
    page.size(width, height);
    page.media("screen", scheme);
    page.load(file);
    Files.write(picture, page.screenshot());
  }

  private void command(String name, String... more) {
    List<String> args = new ArrayList<>(List.of(name, "--date", "2026-10-31"));
    for (String setting :
        List.of(
            "input.events.path=" + SAMPLES.resolve("events"),
            "input.campaigns.path=" + SAMPLES.resolve("campaigns.csv"),
            "input.spend.path=" + SAMPLES.resolve("spend.csv"),
            "output.path=" + temp.resolve("warehouse"))) {
      args.addAll(List.of("--set", "throughline." + setting));
    }
    args.addAll(List.of(more));
    Outcome outcome = LogFixture.execute(args.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome.all());
  }
}
