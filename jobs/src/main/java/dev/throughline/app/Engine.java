package dev.throughline.app;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What carries out the plans of a run. */
public enum Engine {
  /** Spark itself. */
  SPARK,
  /** Spark, with those operators native that {@link Comet} has. */
  COMET;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads it, in lower case only: the scripts look for the same word. */
  static final class Converter implements ITypeConverter<Engine> {
    @Override
    public Engine convert(String name) {
      return Arrays.stream(values())
          .filter(engine -> engine.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException("'" + name + "' is no engine; spark and comet are"));
    }
  }
}
