package dev.throughline.drift;

/**
 * A part of a day that should not grow. Repeated rows and invalid traffic are not among these: they
 * are taken out, whatever their number.
 */
public enum Share {
  REJECTED("rejected share of rows"),
  WITHOUT_USER("share of facts without user"),
  WITHOUT_CONSENT("share of facts without consent"),
  WITHOUT_TOUCH("share of conversions without touch");

  private final String label;

  Share(String label) {
    this.label = label;
  }

  /** Its name in messages and manifests. */
  public String label() {
    return label;
  }
}
