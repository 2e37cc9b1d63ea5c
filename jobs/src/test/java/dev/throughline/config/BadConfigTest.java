package dev.throughline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of a wrong configuration: exit code 2, and nothing is touched. */
class BadConfigTest {
  @TempDir Path temp;

  @Test
  void unknownKeyIsNamedWithTheNearestAndItsLine() throws IOException {
    Path file = temp.resolve("my.conf");
    Files.writeString(file, "throughline {\n  atribution { half-life = 3d }\n}\n");
    String error = refused("--config", file.toString());
    assertTrue(
        error.contains(
            "throughline.atribution: unknown key; did you mean throughline.attribution?"),
        error);
    assertTrue(error.contains("my.conf: 2"), error);
    says(
        "throughline.attribution.click-lokback: unknown key; did you mean"
            + " throughline.attribution.click-lookback? (--set)",
        "throughline.attribution.click-lokback=7d");
    says(
        "trougline: unknown key; did you mean throughline? (--set)",
        "trougline.output.path=/tmp/x");
    says(
        "throughline.input.events.columns.evnt_id: unknown key; did you mean"
            + " throughline.input.events.columns.event_id?",
        "throughline.input.events.columns.evnt_id=x");
  }

  @Test
  void allProblemsAreToldAtOnce() throws IOException {
    Path file = temp.resolve("my.conf");
    Files.writeString(
        file,
        """
        throughline {
          time-zone = "Mars/Olympus"
          currency = euro
          session.gap = soon
          attribution { models = [linear, magic], view-lookback = 60d, max-touches = 0 }
        }
        """);
    String error = refused("--config", file.toString(), "--set", "throughline.funel=1");
    assertTrue(error.contains("The configuration has 7 problems:"), error);
    assertTrue(error.contains("throughline.time-zone: Unknown time-zone ID: Mars/Olympus"), error);
    assertTrue(error.contains("throughline.currency: is euro, but must be an ISO 4217"), error);
    assertTrue(error.contains("throughline.session.gap: "), error);
    assertTrue(error.contains("soon"), error);
    assertTrue(error.contains("models: names magic, but the models are first_touch,"), error);
    assertTrue(error.contains("view-lookback: is longer than click-lookback"), error);
    assertTrue(error.contains("max-touches: is 0, but must be at least 1"), error);
    assertTrue(error.contains("throughline.funel: unknown key; did you mean"), error);
    assertTrue(error.contains("my.conf: 3"), "origin lines: " + error);
    assertTrue(error.contains("conf/throughline.conf"), error);
  }

  @Test
  void unknownModelIsRefusedByName() {
    says(
        "throughline.attribution.models: names lst_touch, but the models are first_touch, last_touch",
        "throughline.attribution.models=[lst_touch]");
    says(
        "throughline.funnel.model: is linear, but must be one of first_touch, last_touch,"
            + " last_non_direct",
        "throughline.funnel.model=linear");
  }

  @Test
  void fewerDaysThanAreNeededCompareNothing() {
    says(
        "throughline.audit.min-days: is more than days, so that no day would be compared",
        "throughline.audit.days=3");
  }

  @Test
  void modelsOfOnesOwnAreChecked() {
    String custom = "throughline.attribution.custom-models";
    says(custom + ": declares Mine, but an id has small letters", custom + "={Mine {first=1}}");
    says(custom + ": declares linear, which is a model already", custom + "={linear {first=1}}");
    says(
        custom
            + ".mine.frist: unknown key; there are channels, first, half-life, last, middle, touches",
        custom + ".mine.frist=1");
    says(
        custom + ".mine.touches.impression: unknown key; there are click, view",
        custom + ".mine.touches.impression=1");
    says(custom + ".mine.first: is -1, but must be at least 0", custom + ".mine.first=-1");
    says(custom + ".mine.channels.email: ", custom + ".mine.channels.email=often");
    says(custom + ".mine.half-life: is 7 without a unit", custom + ".mine.half-life=7");
    says(custom + ".mine", custom + ".mine=1");
    String attribution = "throughline.attribution.";
    says(
        attribution + "training-days: is 0, but must be at least 1",
        attribution + "training-days=0");
    says(
        attribution + "training-transforms: holds frequency, but may only hold identity",
        attribution + "training-transforms=[frequency]");
    says(
        attribution + "resamples: is 1000, but must be at most 400",
        attribution + "resamples=1000");
  }

  @Test
  void valuesOfAWrongKindAreRefused() {
    says("throughline.session: is 5, but it holds keys", "throughline.session=5");
    says("throughline: is 5, but it holds keys", "throughline=5");
    says(
        "throughline.input.events.columns: is x, but it holds keys",
        "throughline.input.events.columns=x");
    says(
        "throughline.session.gap: holds keys, but must be a value",
        "throughline.session.gap={a=1}");
    says("throughline.attribution.models: ", "throughline.attribution.models=linear");
    says("throughline.attribution.max-touches: ", "throughline.attribution.max-touches=many");
    says("throughline.attribution.max-touches: ", "throughline.attribution.max-touches=1.5");
    says("throughline.session.gap: ", "throughline.session.gap=30");
    says(
        "throughline.invalid-traffic.bot-user-agents: is no regular expression",
        "throughline.invalid-traffic.bot-user-agents=(bot");
    says("throughline.time-zone: is not set and has no default", "throughline.time-zone=null");
    says("--set throughline.attribution.models=[linear", "throughline.attribution.models=[linear");
    String both =
        refused(
            "--set",
            "throughline.input.events.table=log",
            "--set",
            "throughline.input.events.path=/log");
    assertTrue(both.contains("throughline.input.events.path: is set, and so is table"), both);
  }

  @Test
  void flagsThatAreNoSettingAreRefused() {
    assertTrue(refused("--set", "throughline.currency").contains("KEY=VALUE"));
    assertTrue(refused("--set", "a..b=1").contains("a..b"));
    assertTrue(refused("--sett", "a=b").contains("--set"));
  }

  @Test
  void needsAnInputAndAnOutput() {
    Outcome outcome = LogFixture.execute("run", "--date", "2026-10-31");
    assertEquals(2, outcome.code(), outcome.all());
    assertTrue(
        outcome.err().contains("throughline.input.events.path: is not set and has no default"),
        outcome.err());
    assertTrue(
        outcome.err().contains("throughline.output.path: is not set and has no default"),
        outcome.err());
  }

  @Test
  void fileMustBeThereAndParseAndResolve() throws IOException {
    Path file = temp.resolve("my.conf");
    String missing = refused("--config", file.toString());
    assertTrue(missing.contains("The configuration file " + file + " does not exist"), missing);
    Files.writeString(file, "throughline { output.path = ");
    String unparsed = refused("--config", file.toString());
    assertTrue(unparsed.contains("cannot be parsed") && unparsed.contains("my.conf"), unparsed);
    Files.writeString(file, "throughline.currency = ${NO_SUCH_VARIABLE}");
    String unresolved = refused("--config", file.toString());
    assertTrue(unresolved.contains("${NO_SUCH_VARIABLE}"), unresolved);
    assertTrue(unresolved.contains("my.conf: 1"), unresolved);
  }

  private void says(String expected, String setting) {
    String error = refused("--set", setting);
    assertTrue(error.contains(expected), "expected: " + expected + "\nwas: " + error);
  }

  /** Standard error of a run that is refused for its configuration. */
  private String refused(String... args) {
    LogFixture log = LogFixture.in(temp);
    Outcome outcome = log.run(args);
    assertEquals(2, outcome.code(), outcome.all());
    assertFalse(outcome.err().contains("\tat "), "no stack trace: " + outcome.err());
    assertFalse(Files.exists(log.warehouse()), "nothing is written");
    return outcome.err();
  }
}
