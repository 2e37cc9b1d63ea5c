package dev.throughline.bench;

import java.nio.file.Path;

/**
 * A process of its own that runs one contender on one log, after it has run it on a tiny one.
 *
 * <p>Arguments: contender, log, tiny log, folder for what comes out, threads, memory.
 */
public final class Measured {
  /** So often is the tiny log done first, for the compiler's sake. */
  static final int WARM_UPS = 2;

  /** The file of seconds by stage. */
  static final String STAGES = "stages.txt";

  /** The file of the tables. */
  static final String RESULTS = "results.txt";

  private Measured() {}

  /** Runs the contender. */
  public static void main(String[] arguments) throws Exception {
    Path out = Path.of(arguments[3]);
    Machine machine =
        new Machine(Integer.parseInt(arguments[4]), arguments[5], out.resolve("spill"));
    Stages stages = new Stages();
    try (Contender contender = Contenders.of(arguments[0], machine)) {
      for (int i = 0; i < WARM_UPS; i++) {
        contender.run(new Log(Path.of(arguments[2])), new Stages());
      }
      contender.run(new Log(Path.of(arguments[1])), stages).write(out.resolve(RESULTS));
    }
    stages.write(out.resolve(STAGES));
  }
}
