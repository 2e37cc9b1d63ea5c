package dev.throughline.person;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** Encodes the rows of a task as blocks, each of events of one partition of visitors. */
final class EncodedBlocks implements Iterator<Tuple2<Integer, byte[]>> {
  /** Bytes that the blocks of a task may take before they are written, about. */
  private static final long MEMORY = 64L << 20;

  /** What an event takes while its block is filled. */
  private static final int EVENT_BYTES = CompactEvent.WORDS * Long.BYTES + 64;

  private final RowSource rows;
  private final EventEncoder encoder;
  private final EventBlock format;
  private final EventBuffer[] buffers;
  private final int capacity;
  private final ArrayDeque<Tuple2<Integer, byte[]>> ready = new ArrayDeque<>();
  private int flushed;

  EncodedBlocks(RowSource rows, RowRules rules, int partitions) {
    this.rows = rows;
    TextCodes codes = new TextCodes();
    encoder = new EventEncoder(rules, codes);
    format = new EventBlock(codes);
    buffers = new EventBuffer[partitions];
    long most = MEMORY / ((long) partitions * EVENT_BYTES);
    capacity = (int) Math.max(16, Math.min(EventStore.MOST_OF_BLOCK, most));
  }

  /** The partition of a visitor, by bits of its hash that the sort does not begin with. */
  static int partition(long visitor, int partitions) {
    return (int) (((visitor & 0xFFFFFFL) * partitions) >>> 24);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.next()) {
      long visitor = encoder.begin(rows.row());
      int partition = partition(visitor, buffers.length);
      EventBuffer buffer = buffers[partition];
      if (buffer == null) {
        buffer = new EventBuffer(capacity);
        buffers[partition] = buffer;
      }
      encoder.write(visitor, buffer);
      if (buffer.full()) {
        flush(partition);
      }
    }
    while (ready.isEmpty() && flushed < buffers.length) {
      flush(flushed++);
    }
    return !ready.isEmpty();
  }

  private void flush(int partition) {
    EventBuffer buffer = buffers[partition];
    if (buffer != null && buffer.size() > 0) {
      ready.add(new Tuple2<>(partition, format.write(buffer)));
      buffer.clear();
    }
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
