package dev.throughline.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The file around the data. Its policy allows the scripts and the style that are in it, by their
 * digests, and nothing else: no other script, no connection, no image, no font.
 */
final class Template {
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";
  private static final List<String> SCRIPTS =
      List.of("dom.js", "drawings.js", "charts.js", "page.js");
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private Template() {}

  /**
   * Fills the template.
   *
   * @param data JSON that is safe inside a script element
   */
  static String page(String day, String data) {
    String echarts = resource(ECHARTS);
    String script = SCRIPTS.stream().map(Template::resource).collect(Collectors.joining("\n"));
    String style = resource("page.css");
    Map<String, String> parts =
        Map.of(
            "day", day,
            "scripts", digest(echarts) + " " + digest(script),
            "styles", digest(style),
            "style", style,
            "data", data,
            "echarts", echarts,
            "script", script);
    // In one pass, so that a campaign that is called {{script}} stays what it is.
    return PLACE
        .matcher(resource("page.html"))
        .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Template.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
