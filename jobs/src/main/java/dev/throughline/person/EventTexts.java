package dev.throughline.person;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The texts of an event that must be there as they are, behind one another in some bytes: the
 * event, the order, of a rejected row its mapped columns as JSON, and the user. Each begins with
 * its length and one, in as few groups of seven bits as it needs; zero stands for NULL.
 */
public final class EventTexts {
  private static final int COUNT = 4;

  private byte[] bytes;
  private final int[] starts = new int[COUNT];
  private final int[] lengths = new int[COUNT];
  private int from;
  private int at;
  private int read;

  /** Lays this over the texts of an event; they are looked at when they are asked for. */
  void over(byte[] newBytes, int newFrom) {
    bytes = newBytes;
    from = newFrom;
    at = newFrom;
    read = 0;
  }

  private void read(int upTo) {
    while (read <= upTo) {
      int length = 0;
      int shift = 0;
      int group;
      do {
        group = bytes[at++];
        length |= (group & 0x7F) << shift;
        shift += 7;
      } while (group < 0);
      lengths[read] = length - 1;
      starts[read] = at;
      at += Math.max(0, length - 1);
      read++;
    }
  }

  /** Its id; null of some rejected rows. */
  public String id() {
    return text(0);
  }

  /** The order that it is a conversion of, or null. */
  public String order() {
    return text(1);
  }

  /** A rejected row's mapped columns as JSON, without user_id; null of events. */
  public String raw() {
    return text(2);
  }

  /** The user, of an event that has one; null of others. */
  public String user() {
    return text(3);
  }

  private String text(int place) {
    read(place);
    return lengths[place] < 0
        ? null
        : new String(bytes, starts[place], lengths[place], StandardCharsets.UTF_8);
  }

  /** Where a text lies in {@link #bytes}. */
  int start(int place) {
    read(place);
    return starts[place];
  }

  /** How long a text is, −1 for NULL. */
  int length(int place) {
    read(place);
    return lengths[place];
  }

  byte[] bytes() {
    return bytes;
  }

  /** How many bytes all of them take. */
  int size() {
    read(COUNT - 1);
    return at - from;
  }

  int from() {
    return from;
  }

  /** The order of ids, byte by byte; NULL comes first. */
  int compareIds(EventTexts other) {
    int length = length(0);
    int otherLength = other.length(0);
    if (length < 0 || otherLength < 0) {
      return Integer.compare(length, otherLength);
    }
    return Arrays.compareUnsigned(
        bytes,
        starts[0],
        starts[0] + length,
        other.bytes,
        other.starts[0],
        other.starts[0] + otherLength);
  }

  /** How many bytes a text takes, of which the length is given, −1 for NULL. */
  static int sizeOf(int length) {
    int groups = 1;
    for (int left = (length + 1) >>> 7; left != 0; left >>>= 7) {
      groups++;
    }
    return groups + Math.max(0, length);
  }

  /** Writes a text; returns the place behind it. */
  static int write(byte[] to, int place, byte[] text, int offset, int length) {
    int next = place;
    int left = length + 1;
    while (left > 0x7F) {
      to[next++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    to[next++] = (byte) left;
    if (length > 0) {
      System.arraycopy(text, offset, to, next, length);
    }
    return next + Math.max(0, length);
  }
}
