package dev.throughline.output;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * What a run did, as JSON beside the tables. It is written last, so a run whose manifest is there
 * has ended.
 */
public final class Manifest {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Sets one value: text, a number, a list or a map of these. */
  public void put(String key, Object value) {
    values.put(key, value);
  }

  /** The manifest as JSON. */
  public String json() {
    return ConfigValueFactory.fromMap(values)
        .render(ConfigRenderOptions.concise().setFormatted(true).setJson(true));
  }

  /**
   * Writes the manifest.
   *
   * @return where it is
   */
  public Path write(Warehouse warehouse, String runId) {
    Path target = warehouse.manifest(runId);
    try {
      write(warehouse, target);
      return target;
    } catch (IOException e) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH,
          "The tables are published, but the manifest " + target + " cannot be written: " + e,
          e);
    }
  }

  /**
   * Reads what was written.
   *
   * @throws com.typesafe.config.ConfigException if it is not JSON
   */
  static Config read(Warehouse warehouse, Path from) throws IOException {
    try (InputStream in = warehouse.files().open(from)) {
      return ConfigFactory.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Puts the JSON in place in one step, whether or not there is a file. */
  void write(Warehouse warehouse, Path target) throws IOException {
    Replace.file(warehouse, writeBeside(warehouse, target, target.getName()), target);
  }

  /**
   * Puts the JSON in place in one step, if the name is free.
   *
   * @param by tells apart those who try this at the same time
   * @return whether it was free
   */
  boolean writeNew(Warehouse warehouse, Path target, String by) throws IOException {
    Path written = writeBeside(warehouse, target, by);
    try {
      return Replace.ifFree(warehouse, written, target);
    } finally {
      warehouse.files().delete(written, false);
    }
  }

  /**
   * Writes the JSON to a file that nobody takes for the target.
   *
   * @param by tells apart those who do this at the same time
   */
  Path writeBeside(Warehouse warehouse, Path target, String by) throws IOException {
    Path written = new Path(target.getParent(), "." + by + ".writing");
    byte[] bytes = json().getBytes(StandardCharsets.UTF_8);
    if (warehouse.local()) {
      // Hadoop would add a checksum file, and start a process to set permissions.
      warehouse.disk().write(Paths.get(written.toUri().getPath()), bytes);
    } else {
      try (OutputStream out = warehouse.files().create(written, true)) {
        out.write(bytes);
      }
    }
    return written;
  }
}
