package dev.throughline.errors;

/** What went wrong, as a scheduler sees it: every kind has an exit code of its own. */
public enum ErrorKind {
  /** A defect of Throughline, or of the machine under it. */
  INTERNAL(1),
  /** The command line or the configuration is wrong; nothing was read. */
  CONFIG(2),
  /** The input is missing, unreadable or contradicts its contract; nothing was published. */
  INPUT(3),
  /** A computed table breaks its own contract; nothing was published. */
  CONTRACT(4),
  /** The tables could not be written or put in place. */
  PUBLISH(5),
  /** Another run holds the lease of the output path, or has taken it over. */
  LEASE(6),
  /** A day is unlike the days before it, and nobody said that it is true; nothing was published. */
  DRIFT(7);

  private final int exitCode;

  ErrorKind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit status of a process that ends with this kind of error. */
  public int exitCode() {
    return exitCode;
  }
}
