package dev.throughline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.throughline.config.Settings.ModelIds;
import dev.throughline.errors.ErrorKind;
import dev.throughline.errors.ThroughlineException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Loads the configuration: the defaults in the jar, then the user's file, then single values. */
public final class ConfigLoader {
  static final String ROOT = "throughline";

  private ConfigLoader() {}

  /**
   * Loads and checks the configuration.
   *
   * @param file the user's file, which needs to hold only what differs from the defaults
   * @param overrides single values by full key; they win over the file
   * @param models the ids of the attribution models there are
   * @return the settings, complete and checked
   * @throws ThroughlineException of kind CONFIG that lists every problem found
   */
  public static Settings load(Optional<Path> file, Map<String, String> overrides, ModelIds models) {
    Problems problems = new Problems();
    Config defaults =
        ConfigFactory.parseResources(ConfigLoader.class.getClassLoader(), "throughline.conf");
    UnknownKeys unknownKeys = new UnknownKeys(defaults.root(), problems);
    Config fromFile = file.map(ConfigLoader::parse).orElse(ConfigFactory.empty());
    Config fromFlags = ConfigFactory.empty();
    for (Map.Entry<String, String> entry : overrides.entrySet()) {
      try {
        ConfigValue value = value(entry.getValue());
        if (Secrets.isSecret(entry.getKey(), value)) {
          problems.add(
              "--set " + entry.getKey(),
              "sets a secret, and arguments are seen by everyone on the machine; put it into a file"
                  + " for --config, or into the environment and refer to it there: ${NAME}");
        }
        fromFlags = fromFlags.withValue(entry.getKey(), value);
      } catch (ConfigException e) {
        String flag = "--set " + entry.getKey();
        if (Secrets.mayHold(entry.getValue())) {
          // The parser may quote it.
          problems.add(flag, "cannot be parsed");
        } else {
          problems.add(flag + "=" + entry.getValue(), e.getMessage());
        }
      }
    }
    // A file may hold helper values outside our root, to refer to; a flag may not.
    unknownKeys.check(fromFlags.withoutPath(ROOT).root());
    Config given = fromFlags.withFallback(fromFile);
    Config merged;
    Config user;
    try {
      merged = given.withFallback(defaults).resolve();
      user =
          given
              .withFallback(withoutColumns(defaults))
              .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
    } catch (ConfigException e) {
      problems.add(file.map(Path::toString).orElse("--set"), e.getMessage());
      problems.throwIfAny();
      throw e;
    }
    if (!unknownKeys.check(merged.withOnlyPath(ROOT).root())) {
      problems.throwIfAny();
    }
    Settings settings = SettingsReader.read(merged, user, digest(merged), problems, models);
    problems.throwIfAny();
    return settings;
  }

  /** So that the columns which the user maps can be told from those left at their default. */
  private static Config withoutColumns(Config defaults) {
    return defaults
        .withoutPath(ROOT + ".input.events.columns")
        .withoutPath(ROOT + ".input.campaigns.columns")
        .withoutPath(ROOT + ".input.spend.columns");
  }

  private static Config parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new ThroughlineException(
          ErrorKind.CONFIG,
          "The configuration file " + file + " does not exist or cannot be read. Check --config.");
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException e) {
      throw new ThroughlineException(
          ErrorKind.CONFIG, "The configuration file cannot be parsed: " + e.getMessage(), e);
    }
  }

  /** A flag's value is text, unless it is written as a list, an object or null. */
  private static ConfigValue value(String text) {
    if (text.startsWith("[") || text.startsWith("{") || text.equals("null")) {
      return ConfigFactory.parseString("value = " + text).root().get("value");
    }
    return ConfigValueFactory.fromAnyRef(text, "--set");
  }

  private static String digest(Config config) {
    String text = config.getObject(ROOT).render(ConfigRenderOptions.concise());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
