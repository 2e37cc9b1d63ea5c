package dev.throughline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.testing.ChildJvm;
import dev.throughline.testing.LogFixture;
import dev.throughline.testing.LogFixture.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret that Throughline is given turns up nowhere. */
class SecretsTest {
  private static final String CANARY = "canary-7f3a51";

  private @TempDir Path folder;

  @Test
  void runsThatEndWellOrBadlyKeepSecrets() throws Exception {
    LogFixture log = LogFixture.standard(folder.resolve("data"));
    Path events = Files.createDirectories(folder.resolve("event-logs"));
    Path conf = folder.resolve("my.conf");
    Files.writeString(
        conf,
        """
        secret = ${CANARY}
        throughline {
          input.events.path = "%s"
          output.path = "%s"
          spark {
            "spark.hadoop.fs.s3a.secret.key" = ${secret}
            "spark.hadoop.fs.s3a.session.token" = ${secret}
            "spark.hadoop.fs.azure.account.key.store" = ${secret}
            "spark.ssl.keyStorePassword" = ${secret}
            "spark.eventLog.enabled" = "true"
            "spark.eventLog.dir" = "%s"
            "spark.logConf" = "true"
          }
        }
        """
            .formatted(log.events(), log.warehouse(), events.toUri()));
    assertEquals(0, child(conf, "good"), () -> errors("good"));
    Files.writeString(log.file(LogFixture.DAY), "no Parquet file");
    assertEquals(3, child(conf, "bad"), () -> errors("bad"));
    List<Path> looked = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        looked.add(file);
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(CANARY), () -> "the secret is in " + file);
      }
    }
    String names = looked.toString();
    assertTrue(names.contains("/event-logs/"), names);
    assertTrue(names.contains("/_runs/"), names);
    assertTrue(Files.size(folder.resolve("good.err")) > 1000);
    String logged;
    try (Stream<Path> files = Files.list(events)) {
      logged = Files.readString(files.findFirst().orElseThrow());
    }
    assertTrue(logged.contains("fs.azure.account.key.store"), "the event log names the setting");
  }

  private int child(Path conf, String name) throws Exception {
    Process run =
        ChildJvm.startSpark(
            Map.of("CANARY", CANARY),
            Throughline.class,
            folder.resolve(name + ".err"),
            "run",
            "--date",
            LogFixture.DAY,
            "--reports",
            "data_quality",
            "--config",
            conf.toString());
    Files.write(folder.resolve(name + ".out"), run.getInputStream().readAllBytes());
    return run.waitFor();
  }

  private String errors(String name) {
    try {
      return Files.readString(folder.resolve(name + ".err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void secretsInArgumentsAndPathsAreRefused() {
    for (String argument :
        List.of(
            "throughline.spark={\"spark.hadoop.fs.s3a.secret.key\"=\"" + CANARY + "\"}",
            "throughline.spark={\"spark.ssl.keyPassword\"=" + CANARY,
            "throughline.output.path=s3a://key:" + CANARY + "@bucket/tables")) {
      Outcome outcome = LogFixture.execute("run", "--date", LogFixture.DAY, "--set", argument);
      assertEquals(2, outcome.code(), outcome.all());
      assertFalse(outcome.all().contains(CANARY), outcome.all());
    }
  }
}
