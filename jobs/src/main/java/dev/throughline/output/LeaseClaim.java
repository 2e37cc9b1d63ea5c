package dev.throughline.output;

import dev.throughline.errors.ThroughlineException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Takes the number of a lease in an object store, where two can create one name.
 *
 * <p>Who wants a number first writes a claim, a file of a name of its own, and only then looks. If
 * it sees no other's claim and no lease of that number, it writes the lease, and removes the claim
 * after that. Of two who both did so, the one who claimed later would have seen the other's claim,
 * or its lease; so one has it. This rests on a store that shows what was written to all who look
 * afterwards, as S3 does. Of those who see each other one stays and looks again, the others
 * withdraw.
 *
 * <p>Claims expire as leases do. Weaker: who is stopped between looking and writing until its claim
 * has expired writes the lease when it wakes, over another's.
 */
final class LeaseClaim {
  private static final int LOOKS = 100;

  /** Of the length of a lease; so its taker is patient for a sixtieth of it. */
  private static final int PAUSES = 60 * LOOKS;

  private final Warehouse warehouse;
  private final LeaseFolder folder;
  private final Duration pause;
  private final Clock clock;

  /** Tells of a claim that counts who made it. */
  interface Held {
    Optional<String> by(Path claim) throws IOException;
  }

  LeaseClaim(Warehouse warehouse, LeaseFolder folder, Duration length, Clock clock) {
    this.warehouse = warehouse;
    this.folder = folder;
    this.pause = length.dividedBy(PAUSES);
    this.clock = clock;
  }

  /**
   * Takes a number, if it is free; of several who try, one is told so.
   *
   * @param refusal what to throw where another's claim stays
   */
  boolean create(
      long number, LeaseNote note, Held held, Function<String, ThroughlineException> refusal)
      throws IOException {
    FileSystem files = warehouse.files();
    Path target = folder.file(number);
    String name = number + "-" + note.token();
    Path claim = null;
    String rival = "";
    try {
      for (int look = 0; look < LOOKS; look++) {
        // Claims first: who removed one has written a lease before.
        NavigableMap<String, String> others = others(note.token(), held);
        if (folder.last() >= number || !clock.instant().isBefore(note.until())) {
          return false;
        }
        if (others.isEmpty() && claim != null) {
          Replace.file(warehouse, claim, target);
          return true;
        }
        if (others.isEmpty()) {
          claim = note.json().writeBeside(warehouse, target, name);
        } else {
          rival = others.firstEntry().getValue();
          if (claim != null && others.firstKey().compareTo(note.token()) < 0) {
            files.delete(claim, false);
            claim = null;
          }
          pause();
        }
      }
      throw refusal.apply(rival);
    } finally {
      if (claim != null) {
        files.delete(claim, false);
      }
    }
  }

  /** By the tokens of those who made the claims. */
  private NavigableMap<String, String> others(String own, Held held) throws IOException {
    NavigableMap<String, String> others = new TreeMap<>();
    for (Path claim : folder.claims()) {
      String token = LeaseFolder.claimant(claim);
      if (!token.equals(own)) {
        held.by(claim).ifPresent(by -> others.put(token, by));
      }
    }
    return others;
  }

  private void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another run takes the lease");
    }
  }
}
