package dev.throughline.output;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who holds a lease.
 *
 * @param run id of the run
 * @param user name of the user, as the operating system knows it
 * @param host name of the machine
 * @param pid id of the process
 * @param processes tells apart the lists of processes that pids are from: the machine since it was
 *     started, and the container; empty if that is not known
 * @param started what tells the process from another that is given its pid later
 */
record Holder(String run, String user, String host, long pid, String processes, String started) {
  private static final Path PROC = Path.of("/proc");

  /** This process. */
  static Holder own(String run) {
    return of(run, ProcessHandle.current().pid());
  }

  /** A process of this machine and of this user. */
  static Holder of(String run, long pid) {
    return new Holder(
        run,
        System.getProperty("user.name"),
        hostName(),
        pid,
        ownProcesses(),
        started(pid).orElse(""));
  }

  /**
   * Whether the process is known to be gone. That is said only of the same user's on the same
   * machine and in the same container, since no other process is sure to be seen: pids mean nothing
   * elsewhere, and other users' can be hidden.
   *
   * <p>On Linux alone; elsewhere nothing is known, and a lease has to expire.
   */
  boolean isGone() {
    return !processes.isEmpty()
        && processes.equals(ownProcesses())
        && user.equals(System.getProperty("user.name"))
        && !started(pid).equals(Optional.of(started));
  }

  /** Whether this is the process that asks. */
  boolean isThisProcess() {
    return !started.isEmpty() && own(run).equals(this);
  }

  @Override
  public String toString() {
    return "run " + run + " of " + user + " on " + host + ", process " + pid;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unnamed host";
    }
  }

  private static String ownProcesses() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /**
   * When a process was started, in ticks since the machine was; empty if it is dead. ProcessHandle
   * counts from the time of day, which changes when the clock is set.
   */
  private static Optional<String> started(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      // The name before, in brackets, may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean dead = fields[0].equals("Z") || fields[0].equals("X");
      return dead ? Optional.empty() : Optional.of(fields[19]);
    } catch (IOException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
