package dev.throughline.app;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.trim;

import dev.throughline.config.Settings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.input.Events;
import dev.throughline.input.RowsOfPeople;
import dev.throughline.model.Journeys;
import dev.throughline.output.DayStore;
import dev.throughline.output.Lease;
import dev.throughline.output.Warehouse;
import dev.throughline.table.Table;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Removes people from the one place below the output path that names people: what is kept for later
 * runs. A day that holds one of them goes as a whole, since a run that needs it reads it from the
 * log again; so nothing is left that was derived from these people and the others.
 */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Removes people from what is kept below the output path for later runs.",
      "Remove them from the log first: days that are needed again are read from there."
    })
final class EraseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(
      names = "--people",
      required = true,
      paramLabel = "FILE",
      description = "A text file of user ids, one a line.")
  private String file;

  @Override
  public Integer call() {
    Settings settings = config.load();
    PrintWriter out = spec.commandLine().getOut();
    try (Sessions session = Sessions.open(settings.spark())) {
      SparkSession spark = session.spark();
      Warehouse warehouse =
          new Warehouse(settings.outputPath(), spark.sessionState().newHadoopConf());
      warehouse.requireWritable();
      Dataset<Row> people = people(spark);
      long number = people.count();
      if (number == 0) {
        throw new ThroughlineException(
            ErrorKind.CONFIG, file + ", given by --people, holds no user id. Nothing was removed.");
      }
      try (Lease lease = Lease.hold(warehouse, "erase-" + UUID.randomUUID(), settings.lease())) {
        // Killed runs leave rows of people too.
        warehouse.removeLeftovers();
        KeptStores stores = KeptStores.of(spark, warehouse);
        DayStore kept = stores.days();
        DayStore carried = stores.snapshots();
        SortedSet<LocalDate> days = daysOf(people, kept, Journeys.touchesTable());
        SortedSet<LocalDate> carriedTo = daysOf(people, carried, Carrying.TABLE);
        lease.confirm();
        carried.remove(carriedTo);
        kept.remove(days);
        out.printf("People asked for: %,d%n", number);
        out.printf("Kept days that held any of them: %s%n", days.isEmpty() ? "none" : days);
        if (!days.isEmpty()) {
          out.printf(
              "These days are no longer kept. When the log no longer holds these people either,"
                  + " restate what was published since:%n"
                  + "  throughline run --from %s --to YYYY-MM-DD%n",
              days.first());
        }
      }
    }
    return 0;
  }

  private Dataset<Row> people(SparkSession spark) {
    return spark
        .read()
        .text(file)
        .select(Events.USER_ID.as(trim(col("value"))))
        .filter(functions.length(Events.USER_ID.col()).gt(0))
        .distinct();
  }

  private static SortedSet<LocalDate> daysOf(Dataset<Row> people, DayStore kept, Table touches) {
    List<LocalDate> days = kept.stored(touches);
    if (days.isEmpty()) {
      return new TreeSet<>();
    }
    return RowsOfPeople.only(kept.read(touches, days), Journeys.touchesPerson(), people)
        .select(Events.DAY.col())
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getDate(0).toLocalDate())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
