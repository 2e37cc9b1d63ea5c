package dev.throughline.html;

import java.util.Arrays;
import java.util.List;

/**
 * A sentence in which names stand.
 *
 * @param parts text and {@link Name}s
 */
record Words(List<Object> parts) {

  static Words of(Object... parts) {
    return new Words(Arrays.asList(parts));
  }

  List<Object> json() {
    return parts.stream().map(part -> part instanceof Name name ? name.json() : part).toList();
  }
}
