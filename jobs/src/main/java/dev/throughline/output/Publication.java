package dev.throughline.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;

/** Puts the files of a run in place, one by one. */
final class Publication {
  private record Step(Path staged, Path target, Path copyOf) {}

  private final Warehouse warehouse;
  private final Runnable stillOurs;
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param stillOurs throws if the run has lost its right to write to the warehouse
   */
  Publication(Warehouse warehouse, Runnable stillOurs) {
    this.warehouse = warehouse;
    this.stillOurs = stillOurs;
  }

  /** A file that goes to its place. */
  void move(Path staged, Path target) {
    steps.add(new Step(staged, target, null));
  }

  /** A file of which a copy goes to its place. */
  void copy(Path of, Path staged, Path target) {
    steps.add(new Step(staged, target, of));
  }

  /** Does it all. */
  void run() throws IOException {
    FileSystem files = warehouse.files();
    for (Step step : steps) {
      if (step.copyOf() != null) {
        FileUtil.copy(files, step.copyOf(), files, step.staged(), false, warehouse.hadoop());
      }
      files.mkdirs(step.target().getParent());
      stillOurs.run();
      Replace.file(warehouse, step.staged(), step.target());
    }
  }
}
