package dev.throughline.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The sample under version control is the one that the code makes; neither can drift alone. */
class CommittedSampleTest {
  private static final Path COMMITTED = Path.of("..", "data-samples");
  private static final String PINNED = "627665:-4606565402487553771848";

  private final SparkSession spark = TestSession.get();

  @Test
  void codeMakesThePinnedRows() {
    assertEquals(
        PINNED, SampleDigest.of(SampleGenerator.events(spark, SampleOptions.DEFAULT)).toString());
  }

  @Test
  void committedRowsAreThePinnedOnes() {
    assertEquals(PINNED, SampleDigest.ofFolder(spark, events()).toString());
  }

  @Test
  void committedTablesBelongToTheRows() throws IOException {
    assertEquals(
        CampaignFiles.campaigns(SampleOptions.DEFAULT),
        Files.readAllLines(COMMITTED.resolve("campaigns.csv")));
    assertEquals(
        CampaignFiles.spend(SampleOptions.DEFAULT, spark.read().parquet(events())),
        Files.readAllLines(COMMITTED.resolve("spend.csv")));
  }

  private static String events() {
    return COMMITTED.resolve("events").toString();
  }
}
