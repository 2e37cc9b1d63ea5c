package dev.throughline.sample;

/** Short ids of a fixed width: in sorted rows neighbours share a prefix and compress well. */
final class Ids {

  private Ids() {}

  /** The number with leading zeros; a longer number keeps all its digits. */
  static String padded(long number, int width) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
