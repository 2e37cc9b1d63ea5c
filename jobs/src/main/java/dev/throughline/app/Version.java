package dev.throughline.app;

import picocli.CommandLine.IVersionProvider;

/** The versions that a run depends on. */
final class Version implements IVersionProvider {

  /** Throughline's own version; "development" outside its jar. */
  static String own() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "throughline " + own(),
      "spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION(),
      "java " + System.getProperty("java.version")
    };
  }
}
