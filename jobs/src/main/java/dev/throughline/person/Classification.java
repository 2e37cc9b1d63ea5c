package dev.throughline.person;

import java.util.Locale;

/** What became of a row: it is rejected, or a duplicate, or a fact; and why a fact is invalid. */
public enum Classification {
  REJECTED(0),
  DUPLICATE(1),
  VALID(2),
  UPSTREAM(3),
  DECLARED_BOT(4),
  ACTIVITY_LIMIT(5),
  DOUBLE_CLICK(6);

  private static final Classification[] ALL = values();

  private final int code;

  Classification(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  public boolean fact() {
    return compareTo(VALID) >= 0;
  }

  /** The status as tables name it. */
  public String status() {
    return fact() ? "fact" : name().toLowerCase(Locale.ROOT);
  }

  /** Why a fact is invalid traffic, as tables name it; null of others. */
  public String invalid() {
    return compareTo(VALID) > 0 ? name().toLowerCase(Locale.ROOT) : null;
  }

  static Classification of(int code) {
    return ALL[code];
  }
}
