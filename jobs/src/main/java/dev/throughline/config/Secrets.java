package dev.throughline.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.regex.Pattern;

/**
 * Which settings are secret, and where secrets may stand: in a file or in the environment that a
 * file refers to. Arguments of a process are seen by everyone on its machine, and Spark logs paths.
 */
public final class Secrets {
  /** Settings whose names match are secret; in the form that Spark's redaction takes. */
  public static final String NAMES =
      "(?i)secret|passw|token|credential|access[.]?key|account[.]?key|private[.]?key|[.]sas[.]";

  private static final Pattern NAME = Pattern.compile(NAMES);
  private static final Pattern IN_URL = Pattern.compile("(://)[^/@\\s]*:[^/@\\s]*@");

  private Secrets() {}

  /** Whether a value given for a key is a secret, or holds one. */
  static boolean isSecret(String key, ConfigValue value) {
    return NAME.matcher(key).find()
        || (value instanceof ConfigObject object
            && object.entrySet().stream()
                .anyMatch(entry -> isSecret(entry.getKey(), entry.getValue())));
  }

  /** Whether a text names a secret, and so may hold it. */
  static boolean mayHold(String text) {
    return NAME.matcher(text).find();
  }

  /** Whether a path holds the credentials of whoever may read it. */
  static boolean isInPath(String path) {
    return IN_URL.matcher(path).find();
  }

  /** A text without the credentials that paths in it may hold. */
  public static String withoutCredentials(String text) {
    return IN_URL.matcher(text).replaceAll("$1***@");
  }
}
