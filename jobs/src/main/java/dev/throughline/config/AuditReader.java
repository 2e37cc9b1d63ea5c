package dev.throughline.config;

import dev.throughline.config.Settings.AuditRules;

/** Reads what refuses a run whose tables keep their contract. */
final class AuditReader {
  private AuditReader() {}

  static AuditRules read(ConfigReader audit) {
    AuditRules read =
        new AuditRules(
            audit.number("max-rejected-share", 0, 1),
            audit.countFrom("days", 0),
            audit.countFrom("min-days", 1),
            audit.number("max-z", 1, Double.MAX_VALUE));
    if (read.days() > 0 && read.minDays() > read.days()) {
      audit.invalid(
          "min-days",
          "is more than days, so that no day would be compared; to turn that off, set days = 0");
    }
    return read;
  }
}
