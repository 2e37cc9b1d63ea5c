package dev.throughline.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.throughline.errors.ErrorKind;
import dev.throughline.testing.ChildJvm;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two processes that want the lease at the same moment one has it, and the other says who. */
class TwoProcessesTest {
  private static final int ROUNDS = Integer.getInteger("throughline.test.rounds", 20);

  @TempDir Path temp;

  /** A process, and what it said so far. */
  private record Child(String run, Process process, BufferedReader said, Path errors) {}

  @Test
  void oneWinsAndTheOtherNamesIt() throws Exception {
    int firsts = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path barrier = temp.resolve("barrier-" + round);
      List<Child> both = List.of(start(round, "a", barrier), start(round, "b", barrier));
      try {
        for (Child child : both) {
          assertEquals("ready", child.said().readLine(), () -> errors(child));
        }
        Files.createFile(barrier);
        CompletableFuture.anyOf(both.get(0).process().onExit(), both.get(1).process().onExit())
            .get(60, TimeUnit.SECONDS);
        boolean second = both.get(0).process().isAlive();
        firsts += second ? 1 : 0;
        Child winner = both.get(second ? 0 : 1);
        Child loser = both.get(second ? 1 : 0);
        assertEquals("held", winner.said().readLine(), () -> errors(winner));
        assertEquals(ErrorKind.LEASE.exitCode(), loser.process().exitValue(), errors(loser));
        String said = errors(loser);
        assertTrue(said.contains(": run " + winner.run() + " of "), said);
        assertTrue(said.contains("process " + winner.process().pid() + " has held it"), said);
        assertEquals(null, loser.said().readLine(), "the loser never held it");
        end(winner, round);
      } finally {
        both.forEach(child -> child.process().destroyForcibly());
      }
    }
    System.out.printf(
        "Two processes at a barrier: %d rounds, one winner in each; the first started won %d%n",
        ROUNDS, firsts);
  }

  /** Every other round the winner dies with the lease, and the next two race to take it over. */
  private static void end(Child winner, int round) throws Exception {
    if (round % 2 == 0) {
      winner.process().destroyForcibly();
      assertTrue(winner.process().waitFor(60, TimeUnit.SECONDS));
    } else {
      winner.process().getOutputStream().write('\n');
      winner.process().getOutputStream().close();
      assertTrue(winner.process().waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, winner.process().exitValue(), errors(winner));
    }
  }

  private Child start(int round, String name, Path barrier) {
    String run = "run-" + round + "-" + name;
    Path errors = temp.resolve(run + ".err");
    List<String> args = new ArrayList<>();
    args.add(temp.resolve("warehouse").toString());
    args.add(run);
    args.add(barrier.toString());
    Process process = ChildJvm.start(LeaseChild.class, errors, args.toArray(String[]::new));
    return new Child(run, process, process.inputReader(), errors);
  }

  private static String errors(Child child) {
    try {
      return Files.readString(child.errors());
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
