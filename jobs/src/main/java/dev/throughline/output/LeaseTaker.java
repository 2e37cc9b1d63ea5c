package dev.throughline.output;

import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;

/** Takes the next lease of a warehouse; {@link Lease} says why two cannot take the same. */
final class LeaseTaker {
  /** Tokens of what this process holds. */
  private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

  private final Warehouse warehouse;
  private final LeaseFolder folder;
  private final Duration length;
  private final Clock clock;

  /** A lease that was taken. */
  record Taken(long number, LeaseNote note) {}

  LeaseTaker(Warehouse warehouse, Duration length, Clock clock) {
    this.warehouse = warehouse;
    this.folder = new LeaseFolder(warehouse);
    this.length = length;
    this.clock = clock;
  }

  /** From here on this process does not hold it. */
  static void forget(LeaseNote note) {
    HELD.remove(note.token());
  }

  Taken take(Holder holder) {
    String token = UUID.randomUUID().toString();
    Optional<Taken> taken = Optional.empty();
    HELD.add(token);
    try {
      while (taken.isEmpty()) {
        taken = tryNext(holder, token);
      }
      return taken.get();
    } catch (IOException e) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH,
          "The lease of " + warehouse + " cannot be taken: " + e + ". Nothing was written.",
          e);
    } finally {
      if (taken.isEmpty()) {
        HELD.remove(token);
      }
    }
  }

  /** Empty if another was faster; whether it still holds the lease is seen at the next try. */
  private Optional<Taken> tryNext(Holder holder, String token) throws IOException {
    long last = folder.last();
    Instant now = clock.instant();
    if (last > 0) {
      refuseIfHeld(last, now);
    }
    LeaseNote note = new LeaseNote(holder, token, now, now, now.plus(length), false);
    if (!create(last + 1, note)) {
      return Optional.empty();
    }
    if (folder.last() != last + 1) {
      folder.delete(last + 1);
      return Optional.empty();
    }
    folder.deleteBefore(last + 1);
    return Optional.of(new Taken(last + 1, note));
  }

  /** A failure may come after success: what is there decides. */
  private boolean create(long number, LeaseNote note) throws IOException {
    try {
      return warehouse.holdsObjects()
          ? new LeaseClaim(warehouse, folder, length, clock)
              .create(number, note, claim -> held(claim, clock.instant()), this::refusal)
          : folder.create(number, note);
    } catch (IOException e) {
      if (folder.read(number).filter(note::equals).isPresent()) {
        return true;
      }
      if (folder.last() >= number) {
        // Who was faster has cleared away what was half written.
        return false;
      }
      throw e;
    }
  }

  private void refuseIfHeld(long last, Instant now) throws IOException {
    Optional<String> held = held(folder.file(last), now);
    if (held.isPresent()) {
      throw refusal(held.get());
    }
  }

  /** Who holds what a file says; empty if nobody does any more. */
  private Optional<String> held(Path file, Instant now) throws IOException {
    Optional<LeaseNote> read = folder.read(file);
    if (read.isPresent()) {
      LeaseNote note = read.get();
      return note.released() || !now.isBefore(note.until()) || isDead(note)
          ? Optional.empty()
          : Optional.of(
              String.format(
                  "%s has held it since %s, was last heard of at %s, and holds it until %s unless"
                      + " it is heard of again",
                  note.holder(), note.since(), note.heartbeat(), note.until()));
    }
    return folder
        .written(file)
        .map(written -> written.plus(length))
        .filter(now::isBefore)
        .map(until -> file + " cannot be read, and counts until " + until);
  }

  private ThroughlineException refusal(String held) {
    return new ThroughlineException(
        ErrorKind.LEASE,
        "Another run is writing to "
            + warehouse
            + ": "
            + held
            + ". Nothing was written. Run again when it has ended; if it died, the next run takes"
            + " over: at once on the same machine, after that time on another.");
  }

  private static boolean isDead(LeaseNote note) {
    return note.holder().isThisProcess() ? !HELD.contains(note.token()) : note.holder().isGone();
  }
}
