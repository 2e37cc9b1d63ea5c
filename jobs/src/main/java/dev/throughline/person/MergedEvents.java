package dev.throughline.person;

import java.io.IOException;
import java.util.List;

/** Several sources of events as one. */
final class MergedEvents implements EventSource {
  /** A heap: no source's event comes before that of the source at half its place. */
  private final EventSource[] heap;

  private int size;
  private boolean begun;

  /** Takes the first event of each source. */
  MergedEvents(List<? extends EventSource> sources) throws IOException {
    heap = new EventSource[sources.size() + 1];
    for (EventSource source : sources) {
      if (source.next()) {
        heap[++size] = source;
      }
    }
    for (int place = size / 2; place > 0; place--) {
      sink(place);
    }
  }

  @Override
  public boolean next() throws IOException {
    if (begun && size > 0) {
      if (!heap[1].next()) {
        heap[1] = heap[size--];
      }
      sink(1);
    }
    begun = true;
    return size > 0;
  }

  @Override
  public CompactEvent event() {
    return heap[1].event();
  }

  private void sink(int from) {
    int place = from;
    EventSource sunk = heap[place];
    while (2 * place <= size) {
      int child = 2 * place;
      if (child < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], sunk)) {
        break;
      }
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = sunk;
  }

  private static boolean before(EventSource a, EventSource b) {
    return EventOrder.compare(a.event(), b.event()) < 0;
  }
}
