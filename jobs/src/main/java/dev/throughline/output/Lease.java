package dev.throughline.output;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The right of one run to write to a warehouse. It is taken before anything is written, renewed by
 * a thread while the run goes on, and given back at its end. If its holder is silent for too long,
 * or is known to be dead, the next run takes it over.
 *
 * <p>Leases are numbered, and the highest number counts. Who wants the next one, since the last was
 * given back or expired, creates the file of the next number; a file system lets one of several
 * create a file of a name ({@link Replace#ifFree}), whatever they had read before. So two cannot
 * both take over. Nothing that another may hold is renamed or deleted to get there: a slow taker
 * that decided long ago finds its number taken, or sees that it is not the highest, and withdraws.
 * Numbers only grow, since a lease that was given back stays until the next is taken.
 *
 * <p>A holder writes its own number only. It holds the lease while that is the highest, and until
 * the time it wrote itself; once that has passed, another may be about to take over, so it does not
 * renew but gives up.
 *
 * <p>Weaker: clocks of machines that share a warehouse must agree far better than the length of a
 * lease. A process that is stopped for longer than that between looking and moving one file moves
 * that one file. {@link LeaseClaim} says what object stores do not hold.
 */
public final class Lease implements AutoCloseable {
  private static final int BEATS = 5;

  private final Warehouse warehouse;
  private final LeaseFolder folder;
  private final Duration length;
  private final Clock clock;
  private final long number;
  private ScheduledExecutorService heart;
  private LeaseNote note;
  private String lost;
  private IOException unwritten;
  private boolean closed;

  private Lease(Warehouse warehouse, Duration length, Clock clock, LeaseTaker.Taken taken) {
    this.warehouse = warehouse;
    this.folder = new LeaseFolder(warehouse);
    this.length = length;
    this.clock = clock;
    this.number = taken.number();
    this.note = taken.note();
  }

  /**
   * Takes the lease and renews it until it is closed.
   *
   * @param length how long it lasts after each heartbeat
   * @throws ThroughlineException of kind LEASE if another run holds it
   */
  public static Lease hold(Warehouse warehouse, String run, Duration length) {
    return hold(warehouse, run, length, Clock.systemUTC());
  }

  static Lease hold(Warehouse warehouse, String run, Duration length, Clock clock) {
    Lease lease = take(warehouse, Holder.own(run), length, clock);
    lease.heart =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "throughline-lease");
              thread.setDaemon(true);
              return thread;
            });
    long every = length.toMillis() / BEATS;
    var unused = lease.heart.scheduleAtFixedRate(lease::beat, every, every, TimeUnit.MILLISECONDS);
    return lease;
  }

  /** Takes the lease without renewing it. */
  static Lease take(Warehouse warehouse, Holder holder, Duration length, Clock clock) {
    LeaseTaker.Taken taken = new LeaseTaker(warehouse, length, clock).take(holder);
    return new Lease(warehouse, length, clock, taken);
  }

  /** Renews the lease, or finds that it is lost. */
  synchronized void beat() {
    try {
      if (lost == null && !closed && isStillOurs()) {
        LeaseNote renewed = note.renewed(clock.instant(), length);
        folder.write(number, renewed);
        note = renewed;
        unwritten = null;
      }
    } catch (IOException e) {
      // Tried again at the next beat; what was written last decides how long that may go on.
      unwritten = e;
    }
  }

  private boolean isStillOurs() throws IOException {
    long last = folder.last();
    Optional<LeaseNote> there = folder.read(last);
    if (last != number || there.filter(n -> n.token().equals(note.token())).isEmpty()) {
      lost = there.map(n -> n.holder() + " took it at " + n.since()).orElse("it was removed");
    } else if (hasExpired()) {
      lost = "it was not renewed before " + note.until() + ", so another run may take it";
    }
    return lost == null;
  }

  private boolean hasExpired() {
    return !clock.instant().isBefore(note.until());
  }

  /**
   * Fails if the lease is another run's by now.
   *
   * @throws ThroughlineException of kind LEASE
   */
  public synchronized void require() {
    if (lost == null && hasExpired()) {
      lost = "it was not renewed before " + note.until() + ", so another run may take it";
    }
    if (lost != null) {
      throw new ThroughlineException(
          ErrorKind.LEASE,
          "This run, "
              + note.holder().run()
              + ", has lost its lease of "
              + warehouse
              + ": "
              + lost
              + ". It publishes nothing from here on. Run again when no other run is under way; if"
              + " this machine was only slow, a longer throughline.output.lease helps.",
          unwritten);
    }
  }

  /**
   * Looks whether the lease is still this run's, and renews it.
   *
   * @throws ThroughlineException of kind LEASE if not, of kind PUBLISH if that cannot be told
   */
  public synchronized void confirm() {
    beat();
    require();
    if (unwritten != null) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH,
          "The lease of " + warehouse + " cannot be renewed: " + unwritten + ". Run again.",
          unwritten);
    }
  }

  /** Gives the lease back. If that fails it expires, and the next run on this machine knows. */
  @Override
  public void close() {
    if (heart != null) {
      heart.shutdown();
    }
    synchronized (this) {
      LeaseTaker.forget(note);
      try {
        if (lost == null && !closed && isStillOurs()) {
          folder.write(number, note.givenBack(clock.instant()));
        }
      } catch (IOException e) {
        // What was published is published all the same.
        unwritten = e;
      }
      closed = true;
    }
  }
}
