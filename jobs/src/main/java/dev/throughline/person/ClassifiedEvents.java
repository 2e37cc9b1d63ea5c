package dev.throughline.person;

/** Takes classified events, each visitor's in order. */
@FunctionalInterface
public interface ClassifiedEvents {
  /**
   * Takes a row.
   *
   * @param event valid until this returns
   * @param classification what became of it
   * @param place its place among the visitor's rows of the day, from 1
   */
  void take(CompactEvent event, Classification classification, int place);
}
