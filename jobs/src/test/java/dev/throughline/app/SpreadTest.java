package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  private void assertSpread(boolean little, String number) {
    assertEquals(little ? "false" : "true", session.get(Spread.ADAPTIVE));
    assertEquals(little ? "false" : "true", session.get(Spread.WHOLE_STAGES));
    assertEquals(little ? "NO_CODEGEN" : "FALLBACK", session.get(Spread.EXPRESSIONS));
    assertEquals(number, session.get(Spread.PARTITIONS));
  }

  private void assertWhile(Map<String, String> user, long rows, boolean little, String number) {
    try (Spread spread = new Spread(spark, user)) {
      spread.expect(rows);
      assertSpread(little, number);
    }
  }

  @Test
  void fewRowsArePlannedOnceNotSpreadAndNotCompiledFor() {
    assertWhile(Map.of(), Spread.FEW_ROWS - 1, true, "1");
    assertSpread(false, Sessions.LOCAL_PARTITIONS);
  }

  @Test
  void manyRowsAreLeftToSpark() {
    assertWhile(Map.of(), Spread.FEW_ROWS, false, Sessions.LOCAL_PARTITIONS);
  }

  @Test
  void fewResultsOfManyRowsAreFewRows() {
    try (Spread spread = new Spread(spark, Map.of())) {
      spread.expect(Spread.FEW_ROWS);
      spread.expect(1);
      assertSpread(true, "1");
      spread.expect(Spread.FEW_ROWS);
      assertSpread(true, "1");
    }
    assertSpread(false, Sessions.LOCAL_PARTITIONS);
  }

  @Test
  void fewResultsAreJoinedWithoutBroadcasts() {
    String before = session.get(Spread.BROADCAST);
    try (Spread spread = new Spread(spark, Map.of())) {
      assertFalse(spread.expect(Spread.FEW_ROWS));
      spread.joinResults();
      assertEquals(before, session.get(Spread.BROADCAST));
      assertTrue(spread.expect(1));
      assertEquals(before, session.get(Spread.BROADCAST), "while there are events to join");
      spread.joinResults();
      assertEquals("-1", session.get(Spread.BROADCAST));
    }
    assertEquals(before, session.get(Spread.BROADCAST));
    try (Spread spread = new Spread(spark, Map.of(Spread.BROADCAST, before))) {
      assertTrue(spread.expect(1));
      spread.joinResults();
      assertEquals(before, session.get(Spread.BROADCAST), "what the user set stays");
    }
  }

  @Test
  void daysThatWereKeptCountAsMuchAsThoseThatAreRead() {
    assertEquals(31_000, Spread.withKept(31_000, 31, 31));
    assertEquals(31_000, Spread.withKept(1_000, 1, 31));
    // Of a table it is not known how many rows there are.
    assertEquals(Long.MAX_VALUE, Spread.withKept(Long.MAX_VALUE, 0, 31));
  }

  @Test
  void whatTheUserSetStays() {
    assertWhile(Map.of(Spread.ADAPTIVE, "true"), 1, false, Sessions.LOCAL_PARTITIONS);
    assertWhile(Map.of(Spread.WHOLE_STAGES, "true"), 1, false, Sessions.LOCAL_PARTITIONS);
    assertWhile(Map.of(Spread.EXPRESSIONS, "FALLBACK"), 1, false, Sessions.LOCAL_PARTITIONS);
    session.set(Spread.PARTITIONS, "5");
    assertWhile(Map.of(), 1, true, "5");
    assertSpread(false, "5");
  }
}
