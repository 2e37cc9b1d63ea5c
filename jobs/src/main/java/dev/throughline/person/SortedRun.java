package dev.throughline.person;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Events in order in a file, block by block. Closing deletes the file. */
final class SortedRun implements EventSource, AutoCloseable {
  private static final int EVENTS = 1024;

  private final Path file;
  private final DataInputStream input;
  private final EventBlock format;
  private final EventBuffer block = new EventBuffer(EVENTS);
  private final CompactEvent event = new CompactEvent();
  private int at;

  private SortedRun(Path file, TextCodes codes) throws IOException {
    this.file = file;
    input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    format = new EventBlock(codes);
  }

  /** Writes events to a file, and opens it. */
  static SortedRun write(EventSource events, Path file, TextCodes codes) throws IOException {
    EventBlock format = new EventBlock(codes);
    EventBuffer block = new EventBuffer(EVENTS);
    try (DataOutputStream output =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      while (events.next()) {
        block.add(events.event());
        if (block.full()) {
          write(format.write(block), output);
          block.clear();
        }
      }
      if (block.size() > 0) {
        write(format.write(block), output);
      }
      output.writeInt(0);
    }
    return new SortedRun(file, codes);
  }

  private static void write(byte[] bytes, DataOutputStream output) throws IOException {
    output.writeInt(bytes.length);
    output.write(bytes);
  }

  @Override
  public boolean next() throws IOException {
    if (at == block.size()) {
      int length = input.readInt();
      if (length == 0) {
        return false;
      }
      byte[] bytes = new byte[length];
      input.readFully(bytes);
      format.read(bytes, block);
      at = 0;
    }
    block.get(at++, event);
    return true;
  }

  @Override
  public CompactEvent event() {
    return event;
  }

  @Override
  public void close() throws IOException {
    input.close();
    Files.deleteIfExists(file);
  }
}
