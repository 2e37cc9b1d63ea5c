package dev.throughline.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.config.Settings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables beside the log, as CSV and as Parquet. */
class DimensionsTest {
  private static final SparkSession SPARK = TestSession.get();
  private static final String CAMPAIGNS = "throughline.input.campaigns.";
  private static final String SPEND = "throughline.input.spend.";

  @TempDir Path temp;

  @Test
  void csvKeepsIdsAsTheyAreWritten() throws IOException {
    Path campaigns =
        csv(
            "campaigns.csv",
            "campaign_id,campaign_name,channel,phase,target",
            "007,\"Bond, \"\"James\"\"\",display,brand,12.50",
            "7,Seven,,,",
            "1e3,Thousand,search,conversion,3");
    Path spend =
        csv(
            "spend.csv",
            "day,campaign_id,spend,currency",
            "2026-10-03,007,1.00,EUR",
            "2026-10-31,007,0.10,EUR",
            "2026-10-31,7,1234567890.123456,EUR");
    assertEquals(
        List.of(
            "[007,Bond, \"James\",display,brand,12.5]",
            "[1e3,Thousand,search,conversion,3.0]",
            "[7,Seven,null,null,null]"),
        campaigns(Map.of(CAMPAIGNS + "path", campaigns.toString())));
    assertEquals(
        List.of("[2026-10-31,007,0.100000,EUR]", "[2026-10-31,7,1234567890.123456,EUR]"),
        spend(Map.of(SPEND + "path", spend.toString())));
  }

  @Test
  void parquetAndOtherColumnNamesGiveTheSame() {
    Path campaigns = temp.resolve("campaigns");
    SPARK
        .sql("select 7 as id, 'Seven' as name, 'brand' as stage, cast(2 as float) as goal")
        .write()
        .parquet(campaigns.toString());
    assertEquals(
        List.of("[007,Seven,null,brand,2.0]"),
        campaigns(
            Map.of(
                CAMPAIGNS + "path", campaigns.toString(),
                CAMPAIGNS + "columns.campaign_id", "lpad(id, 3, '0')",
                CAMPAIGNS + "columns.campaign_name", "name",
                CAMPAIGNS + "columns.phase", "stage",
                CAMPAIGNS + "columns.target", "goal")));
    Path spend = temp.resolve("spend");
    SPARK
        .sql("select timestamp'2026-10-31 00:00:00' as at, '007' as campaign_id, 3L as amount")
        .write()
        .parquet(spend.toString());
    assertEquals(
        List.of("[2026-10-31,007,3.000000,null]"),
        spend(
            Map.of(
                SPEND + "path", spend.toString(),
                SPEND + "columns.day", "to_date(at)",
                SPEND + "columns.spend", "amount")));
  }

  @Test
  void withoutTablesThereAreNoRows() {
    assertEquals(List.of(), campaigns(Map.of()));
    assertEquals(List.of(), spend(Map.of()));
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    String head = "day,campaign_id,spend,currency";
    refused(
        "more than one row for the same day and campaign_id: 2026-10-31, c1 (2 rows)",
        head,
        "2026-10-31,c1,1,EUR",
        "2026-10-31,c1,1,EUR");
    refused("The spend of campaign c1 on 2026-10-31", head, "2026-10-31,c1,-1,EUR");
    refused("spend a lot, which cannot be read as DECIMAL", head, "2026-10-31,c1,a lot,EUR");
    refused("day 31/10/2026, which cannot be read as DATE", head, "31/10/2026,c1,1,EUR");
    refused("The spend of campaign c1 on null", head, ",c1,1,EUR");
    refused("The spend of campaign null", head, "2026-10-31,,1,EUR");
    refused(
        "throughline.input.spend.columns.spend = \"spend\" does not resolve",
        "day,campaign_id,cost",
        "2026-10-31,c1,1");
    Path unknownPhase = csv("phase.csv", "campaign_id,phase", "c1,awareness");
    assertTrue(
        assertThrows(
                ThroughlineException.class,
                () -> campaigns(Map.of(CAMPAIGNS + "path", unknownPhase.toString())))
            .getMessage()
            .contains("has the phase awareness, but a phase is brand, engagement or conversion"));
    Path badTarget = csv("target.csv", "campaign_id,target", "c1,much");
    assertTrue(
        assertThrows(
                ThroughlineException.class,
                () -> campaigns(Map.of(CAMPAIGNS + "path", badTarget.toString())))
            .getMessage()
            .contains("target much, which cannot be read as DOUBLE"));
    Path twice = csv("twice.csv", "campaign_id", "c1", "c2", "c1");
    assertTrue(
        assertThrows(
                ThroughlineException.class,
                () -> campaigns(Map.of(CAMPAIGNS + "path", twice.toString())))
            .getMessage()
            .contains("more than one row for the same campaign_id: c1 (2 rows)"));
  }

  private void refused(String expected, String... lines) throws IOException {
    Path file = csv("bad.csv", lines);
    ThroughlineException refusal =
        assertThrows(
            ThroughlineException.class, () -> spend(Map.of(SPEND + "path", file.toString())));
    assertEquals(ErrorKind.INPUT, refusal.kind());
    assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
  }

  private Path csv(String name, String... lines) throws IOException {
    return Files.write(temp.resolve(name), List.of(lines));
  }

  private static List<String> campaigns(Map<String, String> keys) {
    return text(new Dimensions(SPARK, settings(keys)).campaigns());
  }

  private static List<String> spend(Map<String, String> keys) {
    Settings settings = settings(keys);
    LocalDate day = LocalDate.parse("2026-10-31");
    return text(new Dimensions(SPARK, settings).spend(Period.of(day, day, settings)));
  }

  private static Settings settings(Map<String, String> keys) {
    return LogFormatsTest.settings(new HashMap<>(Map.of("path", "unused")), keys);
  }

  private static List<String> text(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
