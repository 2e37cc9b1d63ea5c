package dev.throughline.errors;

/**
 * A failure that a user can act on. Its message says what, where, which value, and what to do next.
 */
public final class ThroughlineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  public ThroughlineException(ErrorKind kind, String message) {
    this(kind, message, null);
  }

  public ThroughlineException(ErrorKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What went wrong, as a scheduler sees it. */
  public ErrorKind kind() {
    return kind;
  }
}
