package dev.throughline.bench;

/** One way to compute the tables of a log, within this process. */
interface Contender extends AutoCloseable {
  /** Computes all; the time of every step that counts goes into a stage. */
  Results run(Log log, Stages stages) throws Exception;

  @Override
  void close();
}
