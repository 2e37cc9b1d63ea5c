package dev.throughline.drift;

/** What a day adds up to. */
public enum Amount {
  ROWS("rows", 1),
  FACTS("facts", 1),
  IMPRESSIONS("impressions", 1),
  CLICKS("clicks", 1),
  CONVERSIONS("conversions", 1),
  /** Conversions differ in worth, which adds to the noise of their number. */
  VALUE("value", 2),
  SPEND("spend", 2);

  private final String label;
  private final double noise;

  Amount(String label, double noise) {
    this.label = label;
    this.noise = noise;
  }

  /** Its name in messages and manifests. */
  public String label() {
    return label;
  }

  /** Its variance as a multiple of that of a count. */
  double noise() {
    return noise;
  }

  /** What it is the sum over, so that money can be counted in items; itself for a count. */
  Amount items() {
    return switch (this) {
      case VALUE -> CONVERSIONS;
      case SPEND -> CLICKS;
      default -> this;
    };
  }
}
