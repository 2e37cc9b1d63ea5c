package dev.throughline.output;

import dev.throughline.errors.ThroughlineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;

/** A process that waits for a file, takes the lease at once, and keeps it until it is told. */
final class LeaseChild {
  private LeaseChild() {}

  /** The warehouse, the name of the run, and the file to wait for. */
  public static void main(String[] args) throws IOException {
    Warehouse warehouse = new Warehouse(args[0], new Configuration());
    Path barrier = Path.of(args[2]);
    // Loads what taking it needs, so that both are equally fast.
    try (Lease warm =
        Lease.hold(
            new Warehouse(args[0] + "-" + args[1], new Configuration()),
            "warm",
            Duration.ofMinutes(10))) {
      warm.confirm();
    }
    System.out.println("ready");
    while (!Files.exists(barrier)) {
      Thread.onSpinWait();
    }
    try (Lease lease = Lease.hold(warehouse, args[1], Duration.ofMinutes(10))) {
      lease.confirm();
      System.out.println("held");
      if (System.in.read() < 0) {
        throw new IOException("nobody said that it is over");
      }
    } catch (ThroughlineException e) {
      System.err.println(e.getMessage());
      System.exit(e.kind().exitCode());
    }
  }
}
