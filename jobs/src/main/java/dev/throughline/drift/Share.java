package dev.throughline.drift;

import java.util.Locale;

/**
 * A part of a day that should not grow. Repeated rows and invalid traffic are not among these: they
 * are taken out, whatever their number.
 */
public enum Share {
  REJECTED("rejected share of rows"),
  FACTS_WITHOUT_USER,
  FACTS_WITHOUT_CONSENT,
  FACTS_WITHOUT_RECEIVED_TIME,
  IMPRESSIONS_WITHOUT_CAMPAIGN,
  IMPRESSIONS_WITHOUT_CHANNEL,
  IMPRESSIONS_WITHOUT_ID,
  IMPRESSIONS_NOT_MEASURED,
  IMPRESSIONS_WITHOUT_COST,
  CLICKS_WITHOUT_CAMPAIGN,
  CLICKS_WITHOUT_CHANNEL,
  CLICKS_WITHOUT_IMPRESSION,
  CLICKS_WITHOUT_COST,
  PAGE_VIEWS_WITHOUT_CAMPAIGN,
  PAGE_VIEWS_WITHOUT_SESSION,
  PAGE_VIEWS_WITHOUT_ENGAGEMENT_SECONDS,
  CONVERSIONS_WITHOUT_VALUE,
  CONVERSIONS_WITHOUT_ORDER,
  CONVERSIONS_WITHOUT_TOUCH;

  private final String label;

  Share(String label) {
    this.label = label;
  }

  Share() {
    label = "share of " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The share that a count of this name is the part of, such as facts_without_user. */
  public static Share of(String count) {
    return valueOf(count.toUpperCase(Locale.ROOT));
  }

  /** Its name in messages and manifests. */
  public String label() {
    return label;
  }
}
