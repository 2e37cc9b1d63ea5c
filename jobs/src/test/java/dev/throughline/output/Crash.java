package dev.throughline.output;

import java.io.IOException;

/**
 * A crash at the k-th step that changes what is on disk. From then on nothing is done any more and
 * everything fails, as if the process had been halted there: what it may still do in memory leaves
 * no trace, and the disk is as a halted process leaves it.
 *
 * <p>Or the k-th step is done and its answer lost, once: it fails all the same.
 */
final class Crash {
  /** One such step. */
  interface Step<T> {
    T run() throws IOException;
  }

  /** A step without a result. */
  interface Change {
    void run() throws IOException;
  }

  /** What becomes of the k-th step. */
  enum Kind {
    HALTED,
    DONE_BUT_FAILED
  }

  private static volatile Crash current = none();

  private final long at;
  private final Kind kind;
  private long steps;
  private boolean halted;

  private Crash(long at, Kind kind) {
    this.at = at;
    this.kind = kind;
  }

  /** No crash; steps are counted. */
  static Crash none() {
    return new Crash(Long.MAX_VALUE, Kind.HALTED);
  }

  /** The file systems of this process meet this from here on. */
  static Crash set(Crash crash) {
    current = crash;
    return crash;
  }

  static Crash set(long at, Kind kind) {
    return set(new Crash(at, kind));
  }

  /** How many steps there were since the last call of {@link #set}. */
  static long stepsSoFar() {
    return current.steps();
  }

  /** Does a step, unless the crash comes before it or with it. */
  static <T> T step(Step<T> step) throws IOException {
    return current.meet(step);
  }

  /** The same, for a step without a result. */
  static void change(Change change) throws IOException {
    step(
        () -> {
          change.run();
          return true;
        });
  }

  /** One at a time, so that none is under way at the crash. */
  private synchronized <T> T meet(Step<T> step) throws IOException {
    if (halted) {
      throw new IOException("halted");
    }
    steps++;
    if (steps != at) {
      return step.run();
    }
    if (kind == Kind.HALTED) {
      halted = true;
      throw new IOException("halted at step " + at);
    }
    step.run();
    throw new IOException("step " + at + " was done, and its answer lost");
  }

  synchronized long steps() {
    return steps;
  }

  synchronized boolean happened() {
    return steps >= at;
  }
}
