package dev.throughline.app;

import dev.throughline.config.Settings;
import dev.throughline.input.Dimensions;
import dev.throughline.input.LogPartitions;
import dev.throughline.input.Period;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/**
 * What the tables of reporting days rest on, by name: each partition of the log by a fingerprint of
 * its files, the spend of each day by a digest. Taken before anything is read: what changes later
 * is another input by the next run.
 */
final class DayInputs {
  private final Settings settings;
  private final Set<LocalDate> looked;
  private final Optional<Map<LocalDate, String>> log;
  private final Set<LocalDate> spendLooked;
  private final Map<LocalDate, String> spend;

  /**
   * @param from first of the reporting days that are asked about
   * @param to the last of them
   */
  DayInputs(SparkSession spark, Settings settings, LocalDate from, LocalDate to) {
    this.settings = settings;
    Period period = Period.of(from, to, settings);
    List<LocalDate> partitions = period.partitions();
    looked = new TreeSet<>(partitions);
    log = LogPartitions.fingerprints(spark.sessionState().newHadoopConf(), settings, partitions);
    spendLooked = new TreeSet<>(period.countedFrom().datesUntil(to.plusDays(1)).toList());
    spend = new Dimensions(spark, settings).spendDigests(period.countedFrom(), to);
  }

  /** Whether the files of the log are known; those of a table are not. */
  boolean known() {
    return log.isPresent();
  }

  /** Whether all partitions that hold a day are there, as far as is known. */
  boolean arrived(LocalDate day) {
    return log.map(found -> found.keySet().containsAll(Period.partitions(day, day, settings)))
        .orElse(true);
  }

  /** What the tables of a day rest on, as far as was looked. */
  Map<String, String> of(LocalDate day) {
    Period period = Period.of(day, day, settings);
    Map<String, String> inputs = new TreeMap<>();
    log.ifPresent(
        found ->
            period.partitions().stream()
                .filter(found::containsKey)
                .forEach(partition -> inputs.put(partition(partition), found.get(partition))));
    period
        .countedFrom()
        .datesUntil(day.plusDays(1))
        .filter(spend::containsKey)
        .forEach(of -> inputs.put(spend(of), spend.get(of)));
    return inputs;
  }

  /** The names in both that have another value now, or are new. */
  Set<String> changed(Map<String, String> before, Map<String, String> now) {
    Set<String> changed = new TreeSet<>(now.keySet());
    changed.removeIf(name -> now.get(name).equals(before.get(name)));
    return changed;
  }

  /** The names of what is gone, of what was looked for. */
  Set<String> gone(Map<String, String> before, Map<String, String> now) {
    Set<String> names = new TreeSet<>();
    looked.forEach(partition -> names.add(partition(partition)));
    spendLooked.forEach(of -> names.add(spend(of)));
    names.retainAll(before.keySet());
    names.removeAll(now.keySet());
    return Collections.unmodifiableSet(names);
  }

  private String partition(LocalDate partition) {
    return settings.events().partitionColumn() + "=" + partition;
  }

  private static String spend(LocalDate of) {
    return "spend of " + of;
  }
}
