package dev.throughline.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.model.Journeys;
import dev.throughline.testing.Campaigning;
import dev.throughline.testing.Chromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a page looks and behaves, in a browser, over tables of a day that never was. */
class PageTest {
  private static final LocalDate DAY = LocalDate.parse("2026-10-31");
  private static final int CAMPAIGNS = 30;

  @TempDir private static Path temp;
  private static Chromium page;
  private static Path usual;

  @BeforeAll
  static void open() throws IOException {
    page = Chromium.open(temp.resolve("profile"));
    usual = write("usual", FakeTables.of(CAMPAIGNS));
  }

  @AfterAll
  static void close() {
    if (page != null) {
      assertEquals(List.of(), page.complaints());
      page.close();
    }
  }

  @BeforeEach
  void show() {
    page.size(1280, 900);
    page.media("screen", "light");
    page.load(usual);
  }

  private static Path write(String name, Tables tables) throws IOException {
    return Files.writeString(temp.resolve(name + ".html"), Page.html(DAY, tables));
  }

  private static List<String> texts(String expression) {
    List<String> texts = new ArrayList<>();
    page.evaluate(expression).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void pageIsAsWideAsItsWindow() {
    for (String scheme : List.of("light", "dark")) {
      page.media("screen", scheme);
      for (int width : new int[] {1280, 768, 390, 320}) {
        page.size(width, 900);
        assertEquals(width, page.evaluate("document.documentElement.scrollWidth").asInt());
        assertEquals(List.of(), texts(Look.SQUEEZED), "at " + width);
      }
    }
    page.size(1280, 900);
    assertTrue(page.evaluate(Look.SIDE_BY_SIDE).asBoolean(), "tables stand beside each other");
    page.size(390, 900);
    assertEquals(false, page.evaluate(Look.SIDE_BY_SIDE).asBoolean(), "tables are stacked");
  }

  @Test
  void darkIsDarkAndBothCanBeRead() {
    List<String> light = texts(Look.COLOURS);
    assertEquals(List.of(), texts(Look.UNREADABLE), "in the light");
    page.media("screen", "dark");
    List<String> dark = texts(Look.COLOURS);
    assertEquals(List.of(), texts(Look.UNREADABLE), "in the dark");
    for (int i = 0; i < light.size(); i++) {
      assertNotEquals(light.get(i), dark.get(i), "background, ink, or a chart is as it was");
    }
  }

  @Test
  void everyChartAndTableSaysWhatItIs() {
    assertEquals(List.of(), texts(Look.UNNAMED));
    assertTrue(page.evaluate("document.querySelectorAll('.chart canvas').length").asInt() >= 10);
    assertEquals(
        List.of("The day as a whole", "Outcome beside attention", "Where people are lost"),
        texts("[...document.querySelectorAll('h2')].map(h => h.textContent)").subList(0, 3));
  }

  @Test
  void tipsAreText() {
    List<String> tips = texts(Look.TIPS);
    assertTrue(tips.size() > 50, tips.size() + " tips");
    for (String name : List.of(Campaigning.HOSTILE.get(0), Campaigning.HOSTILE.get(4))) {
      assertTrue(tips.stream().anyMatch(tip -> tip.startsWith(name)), "a tip names " + name);
    }
    assertEquals(
        0, page.evaluate("document.querySelectorAll('.tip :not(div,bdi)').length").asInt());
  }

  @Test
  void choicesAreMadeByKeyboard() {
    String choice = "document.querySelector('#drop-off .choice')";
    String before = page.evaluate(choice + ".querySelector('caption').textContent").asText();
    assertTrue(before.startsWith("Steps of Campaign number 0 "), before);
    page.evaluate(choice + ".querySelector('select').focus()");
    page.press("ArrowDown");
    String after = page.evaluate(choice + ".querySelector('caption').textContent").asText();
    assertTrue(after.startsWith("Steps of Campaign number 1 "), after);
    page.press("Tab");
    assertEquals("region", page.evaluate("document.activeElement.getAttribute('role')").asText());
  }

  @Test
  void paperShowsWhatIsFoldedAwayAndFitsItsWidth() {
    page.media("screen", "dark");
    int folded = page.evaluate("document.querySelectorAll('details:not([open])').length").asInt();
    assertTrue(folded > 2, "folded " + folded);
    page.size(718, 1000);
    page.media("print", "dark");
    assertEquals(
        0, page.evaluate("document.querySelectorAll('details:not([open])').length").asInt());
    assertEquals(718, page.evaluate("document.documentElement.scrollWidth").asInt());
    assertEquals(List.of(), texts(Look.CUT_OFF));
    assertEquals("rgb(255, 255, 255)", texts(Look.COLOURS).get(0));
    page.media("screen", "dark");
    assertEquals(
        folded, page.evaluate("document.querySelectorAll('details:not([open])').length").asInt());
    String pdf = new String(page.pdf(), StandardCharsets.ISO_8859_1);
    assertTrue(pdf.startsWith("%PDF-"), "a PDF");
  }

  @Test
  void dayWithoutEventsSaysSoInSentences() throws IOException {
    page.load(write("empty", FakeTables.empty()));
    assertEquals(0, page.evaluate("document.querySelectorAll('canvas').length").asInt());
    List<String> empty = texts("[...document.querySelectorAll('.note')].map(p => p.textContent)");
    for (String table : Page.TABLES) {
      assertTrue(
          table.equals("data_quality") || empty.stream().anyMatch(text -> text.contains(table)),
          table + " is not spoken of in " + empty);
    }
    assertTrue(
        page.evaluate("document.getElementById('headline').textContent")
            .asText()
            .startsWith("No campaign brought a conversion"));
  }

  @Test
  void headlineNamesNoRowThatStandsForSeveralCampaigns() throws IOException {
    FakeTables tables = FakeTables.empty();
    FakeCampaign.add(tables, Journeys.TOO_FEW, Journeys.TOO_FEW, 0, 2);
    FakeCampaign.add(tables, "z", "Zed", 1, 2);
    page.load(write("few", tables));
    String headline = page.evaluate("document.getElementById('headline').textContent").asText();
    assertTrue(headline.startsWith("Zed"), headline);
    assertFalse(headline.contains(Journeys.TOO_FEW), headline);
  }

  @Test
  void thousandsOfCampaignsStayReadable() throws IOException {
    Path file = write("many", FakeTables.of(4000));
    assertTrue(Files.size(file) < 3_000_000, Files.size(file) + " bytes");
    page.load(file);
    JsonNode most =
        page.evaluate(
            "Math.max(...[...document.querySelectorAll('tbody')].map(t => t.rows.length))");
    assertEquals(Campaigns.MOST, most.asInt());
    String text = page.evaluate("document.body.textContent").asText();
    assertTrue(text.contains("By outcome: 25 of 4,000 campaigns"), "says how many there are");
    assertTrue(page.evaluate("document.querySelectorAll('option').length").asInt() < 200);
  }
}
