package dev.throughline.person;

import java.io.IOException;

/** Events one after another, by {@link EventOrder}. */
interface EventSource {
  /**
   * Goes on to the next event.
   *
   * @return whether there is one
   */
  boolean next() throws IOException;

  /** The event; valid until the next call of {@link #next}. */
  CompactEvent event();
}
