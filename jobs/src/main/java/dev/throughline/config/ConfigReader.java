package dev.throughline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads typed values below one key. A value that cannot be read becomes a problem and a harmless
 * stand-in, so that reading goes on and the user sees every problem at once.
 */
final class ConfigReader {
  private final Config config;
  private final String prefix;
  private final Problems problems;

  ConfigReader(Config config, String prefix, Problems problems) {
    this.config = config;
    this.prefix = prefix;
    this.problems = problems;
  }

  ConfigReader at(String key) {
    return new ConfigReader(config, path(key), problems);
  }

  /** A name may hold dots and whatever else a user calls a channel. */
  private String path(String key) {
    return prefix + "." + ConfigUtil.joinPath(key);
  }

  private <T> T read(String key, Function<String, T> get, T standIn) {
    try {
      return get.apply(path(key));
    } catch (ConfigException.Missing e) {
      problems.add(path(key), "is not set and has no default");
    } catch (ConfigException e) {
      String origin = e.origin() == null ? "" : e.origin().description() + ": ";
      invalid(key, e.getMessage().replace(origin, ""));
    } catch (DateTimeException e) {
      invalid(key, e.getMessage());
    }
    return standIn;
  }

  /** Reports a value that was read but makes no sense. */
  void invalid(String key, String message) {
    problems.add(path(key), message, config.getValue(path(key)).origin());
  }

  private <T> T check(String key, T value, Predicate<T> legal, String expected) {
    if (config.hasPath(path(key)) && !legal.test(value)) {
      invalid(key, "is " + config.getValue(path(key)).unwrapped() + ", but must be " + expected);
    }
    return value;
  }

  String string(String key) {
    return read(key, config::getString, "");
  }

  /** A path; one with credentials in it is refused, since paths are logged. */
  String location(String key) {
    String location = string(key);
    if (Secrets.isInPath(location)) {
      invalid(
          key,
          "holds credentials; take them out, and set those of the file system under"
              + " throughline.spark, such as spark.hadoop.fs.s3a.secret.key");
    }
    return location;
  }

  Optional<String> optionalLocation(String key) {
    return config.hasPath(path(key)) ? Optional.of(location(key)) : Optional.empty();
  }

  Optional<String> optionalString(String key) {
    return config.hasPath(path(key)) ? Optional.of(string(key)) : Optional.empty();
  }

  String oneOf(String key, List<String> allowed) {
    return check(key, string(key), allowed::contains, "one of " + String.join(", ", allowed));
  }

  int countFrom(String key, int least) {
    return check(key, read(key, this::wholeNumber, least), n -> n >= least, "at least " + least);
  }

  private int wholeNumber(String path) {
    if (config.getDouble(path) % 1 != 0) {
      throw new ConfigException.BadValue(path, "must be a whole number");
    }
    return config.getInt(path);
  }

  double number(String key, double least, double most) {
    return check(
        key,
        read(key, config::getDouble, least),
        x -> x >= least && x <= most,
        most == Double.MAX_VALUE ? "at least " + least : "between " + least + " and " + most);
  }

  Duration duration(String key) {
    return check(key, withUnit(key, Duration.ZERO), d -> !d.isNegative(), "0s or longer");
  }

  Duration positiveDuration(String key) {
    return check(
        key,
        withUnit(key, Duration.ofSeconds(1)),
        d -> d.compareTo(Duration.ZERO) > 0,
        "longer than 0s");
  }

  /** HOCON takes a bare 30 for 30 ms, which no one means who forgot to write 30d. */
  private Duration withUnit(String key, Duration standIn) {
    Duration duration = read(key, config::getDuration, standIn);
    if (config.hasPath(path(key)) && !duration.isZero()) {
      String text = String.valueOf(config.getValue(path(key)).unwrapped()).strip();
      if (text.matches("[-+\\d.]+")) {
        invalid(key, "is " + text + " without a unit; write 30d, 12h, 30m, 1s or 500ms");
      }
    }
    return duration;
  }

  ZoneId zone(String key) {
    return read(key, p -> ZoneId.of(config.getString(p)), ZoneId.of("UTC"));
  }

  /** A factor from 0 on; 1 where it is not set. */
  double weight(String key) {
    return config.hasPath(path(key)) ? number(key, 0, Double.MAX_VALUE) : 1;
  }

  /** The names that an object has, in order; none where it is not set. */
  List<String> names(String key) {
    return config.hasPath(path(key))
        ? read(key, config::getObject, ConfigFactory.empty().root()).keySet().stream()
            .sorted()
            .toList()
        : List.of();
  }

  /**
   * Reports names of this object that are none of those given.
   *
   * @return whether it is an object, or not set at all, so that its values can be read
   */
  boolean only(Set<String> allowed) {
    if (!config.hasPath(prefix)) {
      return true;
    }
    if (!(config.getValue(prefix) instanceof ConfigObject object)) {
      problems.add(
          prefix,
          "is " + config.getValue(prefix).unwrapped() + ", but it holds keys",
          config.getValue(prefix).origin());
      return false;
    }
    object.forEach(
        (name, value) -> {
          if (!allowed.contains(name)) {
            problems.add(
                prefix + "." + name,
                "unknown key; there are " + String.join(", ", new TreeSet<>(allowed)),
                value.origin());
          }
        });
    return true;
  }

  boolean flag(String key) {
    return read(key, config::getBoolean, false);
  }

  List<String> strings(String key) {
    return read(key, config::getStringList, List.of());
  }

  /** Strings that each have to match. */
  List<String> each(String key, Pattern legal, String expected) {
    List<String> values = strings(key);
    for (String value : values) {
      if (!legal.matcher(value).matches()) {
        invalid(key, "holds " + value + ", but may only hold " + expected);
      }
    }
    return List.copyOf(values);
  }

  /** Whole numbers that are each at least so much. */
  List<Integer> counts(String key, int least) {
    List<Integer> values = read(key, config::getIntList, List.of(least));
    for (int value : values) {
      if (value < least) {
        invalid(key, "holds " + value + ", but each must be at least " + least);
      }
    }
    return values;
  }

  /**
   * The values of an object by key, in the order of its keys. A dotted key is one key, quoted or
   * not; what is null is left out.
   */
  Map<String, String> map(String key) {
    ConfigObject object = read(key, config::getObject, null);
    Map<String, String> values = new TreeMap<>();
    if (object != null) {
      object
          .toConfig()
          .entrySet()
          .forEach(
              entry ->
                  values.put(
                      String.join(".", ConfigUtil.splitPath(entry.getKey())),
                      String.valueOf(entry.getValue().unwrapped())));
    }
    return values;
  }
}
