package dev.throughline.input;

import dev.throughline.config.Settings;
import dev.throughline.config.Settings.EventLogSettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** What the files of the log are, without reading any of them. */
public final class LogPartitions {
  private LogPartitions() {}

  /**
   * A fingerprint of each of the partitions that are there: another one means that the partition
   * may hold other rows. Empty for a log that is a table, whose files are not known.
   *
   * @throws dev.throughline.errors.ThroughlineException of kind INPUT if the log is not there, or a
   *     file of it is empty
   */
  public static Optional<Map<LocalDate, String>> fingerprints(
      Configuration hadoop, Settings settings, List<LocalDate> partitions) {
    EventLogSettings events = settings.events();
    return events
        .path()
        .map(root -> new LogFolder(root, events.partitionColumn(), hadoop))
        .map(
            folder ->
                folder.present(partitions).stream()
                    .collect(
                        Collectors.toMap(day -> day, day -> folder.fingerprint(List.of(day)))));
  }
}
