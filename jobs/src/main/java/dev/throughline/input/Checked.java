package dev.throughline.input;

import java.util.Optional;

/**
 * What was found out from footers.
 *
 * @param files how many were read
 * @param rows of all of them; the greatest number where it is not known
 * @param warning what the user should look at
 */
public record Checked(int files, long rows, Optional<String> warning) {
  static final Checked NOTHING = new Checked(0, Long.MAX_VALUE, Optional.empty());
}
