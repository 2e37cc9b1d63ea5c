package dev.throughline.output;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
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

  /** Puts the JSON in place in one step. */
  void write(Warehouse warehouse, Path target) throws IOException {
    Path written = new Path(target.getParent(), "." + target.getName() + ".writing");
    FileSystem files = warehouse.files();
    try (OutputStream out = files.create(written, true)) {
      out.write(json().getBytes(StandardCharsets.UTF_8));
    }
    Replace.file(warehouse, written, target);
    files.delete(new Path(target.getParent(), "." + written.getName() + ".crc"), false);
  }
}
