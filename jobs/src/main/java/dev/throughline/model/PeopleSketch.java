package dev.throughline.model;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;

/**
 * Different people: their number, and a sketch of who they are, as Spark's hll_sketch_agg has it.
 */
final class PeopleSketch {
  /** 2 to this many buckets: a standard error of 1.04 / 64 = 1.6 %. */
  private static final int SIZE = 12;

  private HllSketch sketch;
  private long different;

  /** Adds a person who was not added before. */
  void add(String person) {
    if (sketch == null) {
      sketch = new HllSketch(SIZE, TgtHllType.HLL_8);
    }
    sketch.update(person);
    different++;
  }

  long different() {
    return different;
  }

  /** What hll_union_agg merges; there is someone. */
  byte[] bytes() {
    return sketch.toUpdatableByteArray();
  }
}
