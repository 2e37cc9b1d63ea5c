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
    List<String> newcomers) {}
