package dev.throughline.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.config.Settings;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import dev.throughline.html.Page;
import dev.throughline.html.TableRow;
import dev.throughline.html.Tables;
import dev.throughline.output.PublishedTables;
import dev.throughline.output.Warehouse;
import dev.throughline.reports.Report;
import dev.throughline.reports.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the page of a day from its published tables; never reads the log. */
@Command(
    name = "html",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the published tables of a day as one HTML file.",
      "It needs no network and no server: open it, send it, print it."
    })
final class HtmlCommand implements Callable<Integer> {
  /** What Spark takes for settings of the file system. */
  private static final String HADOOP = "spark.hadoop.";

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(
      names = "--date",
      required = true,
      paramLabel = "YYYY-MM-DD",
      converter = DayOptions.Day.class,
      description = "The reporting day.")
  private LocalDate day;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write; report-<date>.html in the working directory by default.")
  private Path out;

  @Override
  public Integer call() {
    Settings settings = config.load();
    Warehouse warehouse = new Warehouse(settings.outputPath(), hadoop(settings));
    PublishedTables published = new PublishedTables(warehouse, day);
    published.require(Page.TABLES.stream().map(Reports::byName).map(Report::table).toList());
    String page = Page.html(day, rows(published));
    Path target = out == null ? Path.of("report-" + day + ".html") : out;
    write(page, target);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "Wrote %s (%.1f MB) from the tables of %s in %s%n",
            target,
            page.getBytes(UTF_8).length / 1e6,
            day,
            warehouse);
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** The rows as they are read, by the contracts of this version. */
  private static Tables rows(PublishedTables published) {
    return (table, wanted) -> {
      List<TableRow> rows = new ArrayList<>();
      published.read(
          Reports.byName(table).table(),
          cells -> {
            TableRow row = new TableRow(cells);
            if (wanted.test(row)) {
              rows.add(row);
            }
          });
      return rows;
    };
  }

  /**
   * The settings that Spark would hand to the file system; those of spark-submit are properties.
   */
  private static Configuration hadoop(Settings settings) {
    Configuration hadoop = new Configuration();
    System.getProperties().stringPropertyNames().stream()
        .filter(key -> key.startsWith(HADOOP))
        .forEach(key -> hadoop.set(key.substring(HADOOP.length()), System.getProperty(key)));
    for (Map.Entry<String, String> setting : settings.spark().entrySet()) {
      if (setting.getKey().startsWith(HADOOP)) {
        hadoop.set(setting.getKey().substring(HADOOP.length()), setting.getValue());
      }
    }
    return hadoop;
  }

  /** Whoever opens the file sees the old one or the new one, whole. */
  private static void write(String page, Path target) {
    Path written = target.resolveSibling("." + target.getFileName() + ".writing");
    try {
      try {
        Files.writeString(written, page);
        Files.move(
            written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw new ThroughlineException(
          ErrorKind.PUBLISH,
          "The page cannot be written to " + target + ": " + e + ". Choose another file by --out.",
          e);
    }
  }
}
