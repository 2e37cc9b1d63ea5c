package dev.throughline.html;

import java.util.Map;

/**
 * What a person called a campaign. It can hold anything, and is shown as text with a direction of
 * its own.
 *
 * @param id the campaign
 * @param name its name; null where it is not described
 */
record Name(String id, String name) {

  /** The name, or else the id. */
  String shown() {
    return name == null ? id : name;
  }

  Map<String, Object> json() {
    return Json.object("name", shown(), "id", shown().equals(id) ? null : id);
  }
}
