package dev.throughline.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told. */
public final class TestClock extends Clock {
  private volatile Instant now = Instant.parse("2026-11-01T03:00:00Z");
  private volatile Runnable onLook = () -> {};

  /** Lets so much time pass. */
  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  /** Does something whenever someone looks at the clock, before it is read. */
  public void onLook(Runnable what) {
    onLook = what;
  }

  @Override
  public Instant instant() {
    onLook.run();
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
