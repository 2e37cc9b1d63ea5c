package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static ThroughlineException explain(String message) {
    return Failures.explain(new IllegalStateException(message));
  }

  @Test
  void aDiskThatIsFullIsNoFaultOfTheInput() {
    ThroughlineException failure =
        explain(
            """
            Job aborted due to stage failure: Task 1 in stage 7.0 failed 1 times: java.io.IOException: No space left on device
            \tat org.apache.parquet.hadoop.ParquetFileWriter.serializeFooter(ParquetFileWriter.java:1338)

            Driver stacktrace:""");
    assertEquals(ErrorKind.INTERNAL, failure.kind());
    assertTrue(failure.getMessage().contains("No space left on device"), failure.getMessage());
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    ThroughlineException failure =
        explain("Could not read footer for file: file:/log/dt=2026-10-31/part-0.parquet");
    assertEquals(ErrorKind.INPUT, failure.kind());
    assertTrue(
        failure.getMessage().contains("The file file:/log/dt=2026-10-31/part-0.parquet cannot"),
        failure.getMessage());
  }

  @Test
  void rowsThatCannotBeReadAreTheInputs() {
    ThroughlineException failure =
        explain(
            """
            Task 0 in stage 3.0 failed: java.lang.ArrayIndexOutOfBoundsException: 7
            \tat org.apache.parquet.hadoop.ColumnChunkPageReadStore.readPage(Unknown Source)""");
    assertEquals(ErrorKind.INPUT, failure.kind());
  }
}
