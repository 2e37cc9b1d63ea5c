package dev.throughline.app;

import dev.throughline.config.ConfigLoader;
import dev.throughline.config.Settings;
import dev.throughline.model.Journeys;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that make up the configuration. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (HOCON); holds what differs from conf/throughline.conf.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key, over the file; may be given again. Lists: '[a, b]'.")
  private Map<String, String> values = new LinkedHashMap<>();

  Settings load() {
    return ConfigLoader.load(Optional.ofNullable(file), values, Journeys.models());
  }
}
