package dev.throughline.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSorterTest {
  private static final int HELD = 20_000;

  @TempDir Path folder;

  @Test
  void inMemoryEventsComeInOrder() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      assertEquals(0, filesOf(seed, 1 + seed % 9, 300, Long.MAX_VALUE, -1));
    }
  }

  @Test
  void eventsOfVisitorsWhoseHashesBeginAlikeComeInOrder() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      // The sort looks at the first 40 bits of hashes; these have 2, or all but the last, alike.
      filesOf(seed, 5, 300, Long.MAX_VALUE, 3);
      filesOf(seed, 5, 300, HELD, 1L << 50 | 1);
      filesOf(seed, 5, 300, HELD, 0);
    }
  }

  @Test
  void whatExceedsMemoryIsSpilledAndMerged() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      assertTrue(filesOf(seed, 30, 2000, HELD, -1) > 3, "some parts were written");
    }
    // More parts than are merged at once, of one person.
    assertTrue(filesOf(99, 1, 12_000, HELD, 0) > 70, "many parts were written");
  }

  /** Compares with a plain sort; returns how many files were written. */
  private int filesOf(int seed, int people, int events, long memory, long visitorMask)
      throws IOException {
    TextCodes codes = new TextCodes();
    EventEncoder encoder = new EventEncoder(RandomEvents.RULES, codes);
    RandomEvents random = new RandomEvents(seed, people);
    EventBlock format = new EventBlock(codes);
    List<EventBuffer> plain = new ArrayList<>();
    Path spill = folder.resolve("spill");
    int files;
    try (EventSorter sorter = new EventSorter(codes, memory, spill)) {
      for (int left = events; left > 0; left -= 50) {
        EventBuffer block = random.buffer(Math.min(left, 50), encoder);
        for (int i = 0; i < block.size(); i++) {
          block.words()[i * CompactEvent.WORDS + CompactEvent.VISITOR] &= visitorMask;
          EventBuffer one = new EventBuffer(1);
          one.add(block.get(i, new CompactEvent()));
          plain.add(one);
        }
        sorter.add(format.write(block));
      }
      plain.sort(
          (a, b) -> EventOrder.compare(a.get(0, new CompactEvent()), b.get(0, new CompactEvent())));
      EventSource sorted = sorter.sorted();
      CompactEvent cursor = new CompactEvent();
      for (EventBuffer expected : plain) {
        assertTrue(sorted.next(), "there are as many events");
        assertEquals(
            RandomEvents.describe(expected.get(0, cursor), codes),
            RandomEvents.describe(sorted.event(), codes),
            "seed " + seed);
      }
      assertFalse(sorted.next(), "there are no more events");
      files = sorter.files();
    }
    assertFalse(Files.exists(spill), "nothing is left on disk");
    return files;
  }
}
