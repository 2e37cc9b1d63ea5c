package dev.throughline.person;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PartitionCountTest {
  @Test
  void partitionsFollowTheRowsAndTheMemory() {
    long megabyte = 1L << 20;
    assertEquals(2, PartitionCount.of(0, 200 * megabyte, 2), "each task has one");
    assertEquals(2, PartitionCount.of(1_000_000, 200 * megabyte, 2));
    assertEquals(10, PartitionCount.of(10_000_000, 200 * megabyte, 2));
    assertEquals(96, PartitionCount.of(10_000_000, 20 * megabyte, 2));
    assertEquals(4096, PartitionCount.of(Long.MAX_VALUE / 2, 1, 2), "blocks stay large enough");
  }
}
