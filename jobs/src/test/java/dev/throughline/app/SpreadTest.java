package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.throughline.testing.TestSession;
import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private final SparkSession spark = TestSession.get();
  private final RuntimeConfig session = spark.conf();
  private String partitions;

  @BeforeEach
  void asOnOneMachine() {
    partitions = session.get(Spread.PARTITIONS);
    session.set(Spread.PARTITIONS, Sessions.LOCAL_PARTITIONS);
  }

  @AfterEach
  void asBefore() {
    session.set(Spread.PARTITIONS, partitions);
  }

  private void assertSpread(String adaptive, String number) {
    assertEquals(adaptive, session.get(Spread.ADAPTIVE));
    assertEquals(number, session.get(Spread.PARTITIONS));
  }

  private void assertWhile(Map<String, String> user, long rows, String adaptive, String number) {
    assertWhile(user, rows, 31, adaptive, number);
  }

  /** While rows of 31 partitions are read, or of one partition and what was kept of others. */
  private void assertWhile(
      Map<String, String> user, long rows, int read, String adaptive, String number) {
    Spread spread = Spread.over(spark, user, rows, read, 31);
    assertSpread(adaptive, number);
    spread.close();
  }

  @Test
  void aSmallLogIsPlannedOnceAndNotSpread() {
    assertWhile(Map.of(), Spread.SMALL_ROWS - 1, "false", "1");
    assertSpread("true", Sessions.LOCAL_PARTITIONS);
  }

  @Test
  void aLargeLogIsLeftToSpark() {
    assertWhile(Map.of(), Spread.SMALL_ROWS, "true", Sessions.LOCAL_PARTITIONS);
  }

  @Test
  void daysThatWereKeptCountAsMuchAsThoseThatAreRead() {
    long each = Spread.SMALL_ROWS / 31;
    assertWhile(Map.of(), each, 1, "false", "1");
    assertWhile(Map.of(), each + 1, 1, "true", Sessions.LOCAL_PARTITIONS);
    assertWhile(Map.of(), Long.MAX_VALUE, 0, "true", Sessions.LOCAL_PARTITIONS);
  }

  @Test
  void whatTheUserSetStays() {
    assertWhile(Map.of(Spread.ADAPTIVE, "true"), 1, "true", Sessions.LOCAL_PARTITIONS);
    session.set(Spread.PARTITIONS, "5");
    assertWhile(Map.of(), 1, "false", "5");
    assertSpread("true", "5");
  }
}
