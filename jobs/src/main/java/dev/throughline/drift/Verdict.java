package dev.throughline.drift;

import java.time.LocalDate;
import java.util.List;

/**
 * What became of comparing a day with the days before it.
 *
 * @param day the day
 * @param history the days that it was compared with, ascending
 * @param compared whether they were enough
 * @param findings what refuses the day
 * @param newcomers campaigns and channels that none of these days had
 */
public record Verdict(
    LocalDate day,
    List<LocalDate> history,
    boolean compared,
    List<Finding> findings,
    List<String> newcomers) {

  /** By so much in z a finding may be further off than another and still say the same. */
  private static final double SAME = 1;

  /**
   * The same verdict without the findings that another one of the day has as well.
   *
   * @param other what another version of the day was found to be
   */
  public Verdict beyond(Verdict other) {
    List<Finding> left =
        findings.stream()
            .filter(
                finding ->
                    other.findings().stream()
                        .noneMatch(
                            known ->
                                known.figure().equals(finding.figure())
                                    && Math.signum(known.z()) == Math.signum(finding.z())
                                    && Math.abs(finding.z()) <= Math.abs(known.z()) + SAME))
            .toList();
    return new Verdict(day, history, compared, left, newcomers);
  }
}
