package dev.throughline.person;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventBlockTest {
  @Test
  void whatIsReadIsWhatWasWritten() {
    for (int seed = 0; seed < 200; seed++) {
      EventEncoder encoder = new EventEncoder(RandomEvents.RULES, new TextCodes());
      RandomEvents random = new RandomEvents(seed, 1 + seed % 20);
      TextCodes others = new TextCodes();
      others.of("c3".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      EventBlock writer = new EventBlock(encoder.codes());
      EventBlock reader = new EventBlock(others);
      EventBuffer read = new EventBuffer(1);
      for (int block = 0; block < 3; block++) {
        EventBuffer events = random.buffer((seed * 3 + block) % 77, encoder);
        reader.read(writer.write(events), read);
        assertEquals(events.size(), read.size());
        CompactEvent written = new CompactEvent();
        CompactEvent again = new CompactEvent();
        for (int i = 0; i < events.size(); i++) {
          assertEquals(
              RandomEvents.describe(events.get(i, written), encoder.codes()),
              RandomEvents.describe(read.get(i, again), others));
        }
      }
    }
  }

  @Test
  void columnsTakeAsFewBytesAsTheirRangeNeeds() {
    assertEquals(10, sizeOf(5, 5, 5, 5), "one number takes a head");
    assertEquals(13, sizeOf(1_000_000, 1_000_200, 1_000_255), "a byte each");
    assertEquals(34, sizeOf(Long.MIN_VALUE, Long.MAX_VALUE, 1), "the whole range takes it all");
    long[] few = new long[800];
    few[13] = 1L << 40;
    assertEquals(10 + 100, sizeOf(few), "one number among zeros takes a bit for each");
    Random random = new Random(3);
    for (int round = 0; round < 1000; round++) {
      long[] column = new long[random.nextInt(40)];
      int bits = random.nextInt(64);
      for (int i = 0; i < column.length; i++) {
        column[i] = random.nextInt(3) == 0 ? random.nextLong() >> bits : 0;
      }
      sizeOf(column);
    }
  }

  private static int sizeOf(long... column) {
    Bytes bytes = new Bytes();
    PackedLongs.write(column, column.length, bytes);
    long[] read = new long[column.length];
    Arrays.fill(read, 77);
    PackedLongs.read(new Bytes(bytes.toArray()), read, read.length);
    assertArrayEquals(column, read);
    return bytes.size();
  }

  @Test
  void textsOfOneHashHaveTwoCodes() {
    TextCodes codes = new TextCodes();
    byte[] one = {1};
    byte[] two = {2};
    int first = codes.of(one, 0, 1, 99);
    int second = codes.of(two, 0, 1, 99);
    assertTrue(first != second, "the texts differ");
    assertEquals(first, codes.of(one, 0, 1, 99));
    for (int i = 0; i < 5000; i++) {
      codes.of(Integer.toString(i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertEquals(second, codes.of(two, 0, 1, 99), "codes stay when the table grows");
  }
}
