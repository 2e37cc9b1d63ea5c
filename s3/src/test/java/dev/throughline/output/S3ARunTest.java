package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import dev.throughline.testing.TestSession;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run, Spark's tasks included, with the log and the tables on S3A. */
class S3ARunTest {
  private static final List<String> REPORTS = List.of("campaign_actions", "data_quality");

  @TempDir java.nio.file.Path temp;

  @Test
  void theSameTablesAsOnALocalDisk() throws Exception {
    S3Server server = S3Server.start(temp.resolve("buffers"));
    Configuration hadoop = TestSession.get().sparkContext().hadoopConfiguration();
    server.hadoop().getPropsWithPrefix("fs.s3a.").forEach((k, v) -> hadoop.set("fs.s3a." + k, v));
    try (FileSystem files = FileSystem.get(S3Server.bucket().toUri(), hadoop)) {
      LogFixture log = LogFixture.standard(temp);
      Path events = new Path(S3Server.bucket(), "events");
      Path local = new Path(log.events().toString());
      FileUtil.copy(FileSystem.getLocal(hadoop), local, files, events, false, hadoop);
      String output = new Path(S3Server.bucket(), "tables").toString();
      succeeds(log.run("--reports", String.join(",", REPORTS)));
      String[] onS3 = {
        "--reports", String.join(",", REPORTS),
        "--set", "throughline.input.events.path=" + events,
        "--set", "throughline.output.path=" + output
      };
      succeeds(log.run(onS3));
      Map<String, List<String>> expected = tables(log.warehouse().toString());
      assertEquals(expected, tables(output));
      assertTrue(expected.values().stream().noneMatch(List::isEmpty), expected::toString);
      assertFalse(files.exists(new Path(output, "_staging")), "nothing is left");
      assertEquals(1, files.listStatus(new Path(output, "_runs")).length);
    } finally {
      server.stop();
    }
  }

  private static void succeeds(Outcome outcome) {
    assertEquals(0, outcome.code(), outcome::all);
  }

  /** The rows that readers see. */
  private static Map<String, List<String>> tables(String root) throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table : REPORTS) {
      tables.put(
          table,
          TestSession.get().read().parquet(root + "/" + table).collectAsList().stream()
              .map(Row::toString)
              .sorted()
              .toList());
    }
    return tables;
  }
}
