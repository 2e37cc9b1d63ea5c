package dev.throughline.html;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * JSON that can lie inside a script element of a page: the characters that could end the element,
 * open a comment, or end a line of script are escaped.
 */
final class Json {
  private Json() {}

  /** Maps, collections, text, numbers, booleans and null; a number that is none becomes null. */
  static String of(Object value) {
    StringBuilder json = new StringBuilder();
    append(json, value);
    return json.toString();
  }

  /**
   * An object of the given keys and values, in their order; a key whose value is null is left out.
   */
  static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (keysAndValues[i + 1] != null) {
        object.put((String) keysAndValues[i], keysAndValues[i + 1]);
      }
    }
    return object;
  }

  private static void append(StringBuilder json, Object value) {
    if (value instanceof Map<?, ?> map) {
      json.append('{');
      String comma = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.append(comma);
        append(json, (CharSequence) entry.getKey());
        json.append(':');
        append(json, entry.getValue());
        comma = ",";
      }
      json.append('}');
    } else if (value instanceof Collection<?> list) {
      json.append('[');
      for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
        append(json, items.next());
        json.append(items.hasNext() ? "," : "");
      }
      json.append(']');
    } else if (value instanceof CharSequence text) {
      append(json, text);
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      json.append("null");
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else {
      throw new IllegalArgumentException("no JSON for a " + value.getClass());
    }
  }

  private static void append(StringBuilder json, CharSequence text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean dangerous = c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || dangerous || Character.isSurrogate(c)) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
