package dev.throughline.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A process that publishes two versions of a warehouse in turns, without Spark, until it is killed.
 * It takes the lease first, which the one before it held when it was killed.
 */
final class PublishingChild {
  private PublishingChild() {}

  /** The warehouse, and a folder with two trees of files, 0 and 1. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    Warehouse warehouse = new Warehouse(root.toString(), new Configuration());
    String run = "child-" + ProcessHandle.current().pid();
    Path staging = root.resolve("_staging").resolve(run);
    try (Lease lease = Lease.hold(warehouse, run, Duration.ofMinutes(10))) {
      warehouse.removeLeftovers();
      for (int turn = 0; turn < Integer.MAX_VALUE; turn++) {
        Path version = Path.of(args[1]).resolve(Integer.toString(turn % 2));
        Publication publication = new Publication(warehouse, lease::require);
        for (Path file : files(version)) {
          Path place = version.relativize(file);
          Path staged = staging.resolve(place.toString());
          Files.createDirectories(staged.getParent());
          Files.copy(file, staged);
          publication.move(hadoop(staged), hadoop(root.resolve(place.toString())));
        }
        if (turn == 1) {
          System.out.println("publishing");
        }
        publication.run();
      }
    }
  }

  private static List<Path> files(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
