package dev.throughline.person;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts the blocks of one partition. What exceeds the memory that it may take is sorted in parts,
 * which lie on disk until they are merged. Closing deletes them.
 */
final class EventSorter implements AutoCloseable {
  /** So many parts are merged at once, each of which holds one block in memory. */
  private static final int MOST_MERGED = 32;

  private final TextCodes codes;
  private final EventBlock format;
  private final long memory;
  private final Path folder;
  private final List<SortedRun> runs = new ArrayList<>();
  private EventStore store = new EventStore();
  private int files;

  /**
   * @param codes the texts of the task
   * @param memory bytes that events may take before they are written to disk
   * @param folder where to
   */
  EventSorter(TextCodes codes, long memory, Path folder) {
    this.codes = codes;
    this.memory = memory;
    this.folder = folder;
    format = new EventBlock(codes);
  }

  void add(byte[] block) throws IOException {
    EventBuffer events = new EventBuffer(EventStore.MOST_OF_BLOCK);
    format.read(block, events);
    store.add(events);
    if (store.bytes() > memory) {
      spill();
    }
  }

  private void spill() throws IOException {
    EventSource sorted = store.sorted();
    store = new EventStore();
    runs.add(write(sorted));
  }

  private SortedRun write(EventSource events) throws IOException {
    Files.createDirectories(folder);
    return SortedRun.write(events, folder.resolve("run-" + files++), codes);
  }

  /** How many files were written. */
  int files() {
    return files;
  }

  /** All events in order. Nothing may be added afterwards. */
  EventSource sorted() throws IOException {
    if (runs.isEmpty()) {
      return store.sorted();
    }
    while (runs.size() >= MOST_MERGED) {
      List<SortedRun> merged = List.copyOf(runs.subList(0, MOST_MERGED));
      SortedRun run = write(new MergedEvents(merged));
      runs.add(run);
      for (SortedRun part : merged) {
        part.close();
        runs.remove(part);
      }
    }
    List<EventSource> sources = new ArrayList<>(runs);
    sources.add(store.sorted());
    return new MergedEvents(sources);
  }

  @Override
  public void close() throws IOException {
    for (SortedRun run : runs) {
      run.close();
    }
    if (Files.exists(folder)) {
      // A part that could not be written to its end is there as well.
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
