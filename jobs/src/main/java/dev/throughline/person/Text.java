package dev.throughline.person;

import dev.throughline.input.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text of a row, as UTF-8, and what was found out about it. It is found out once: a source keeps
 * one of these for each entry of a column's dictionary, and sets one again for texts without a
 * dictionary.
 */
final class Text {
  /** The seed of the second hash of a visitor. */
  private static final long CHECK_SEED = 0x7468726F7567686CL;

  /** What stands for a word that is no event type. */
  static final int NO_RANK = 7;

  private static final int UNKNOWN = -1;
  private static final byte[][] WORDS = words();

  private byte[] bytes;
  private int offset;
  private int length;
  private long hash;
  private long check;
  private int code;
  private int rank;
  private int bot;
  private boolean hashed;
  private boolean checked;

  private static byte[][] words() {
    byte[][] words = new byte[EventType.values().length][];
    for (EventType type : EventType.values()) {
      words[type.rank()] = type.word().getBytes(StandardCharsets.UTF_8);
    }
    return words;
  }

  static Text of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Text().set(bytes, 0, bytes.length);
  }

  Text set(byte[] newBytes, int newOffset, int newLength) {
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
    hashed = false;
    checked = false;
    code = UNKNOWN;
    rank = UNKNOWN;
    bot = UNKNOWN;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** The hash that Spark's xxhash64 gives it. */
  long hash() {
    if (!hashed) {
      hash = Xxh64.of(bytes, offset, length, Xxh64.SEED);
      hashed = true;
    }
    return hash;
  }

  /** Another hash, to tell texts apart that have the same one. */
  long check() {
    if (!checked) {
      check = Xxh64.of(bytes, offset, length, CHECK_SEED);
      checked = true;
    }
    return check;
  }

  /** Its code in the task's texts; a text is only ever used with those of one task. */
  int code(TextCodes codes) {
    if (code == UNKNOWN) {
      code = codes.of(bytes, offset, length, hash());
    }
    return code;
  }

  /** The rank of the event type that it names, or {@link #NO_RANK}. */
  int rank() {
    if (rank == UNKNOWN) {
      rank = NO_RANK;
      for (int i = 0; i < WORDS.length; i++) {
        if (Arrays.equals(WORDS[i], 0, WORDS[i].length, bytes, offset, offset + length)) {
          rank = i;
        }
      }
    }
    return rank;
  }

  /** Whether it is the user agent of a declared bot. */
  boolean bot(BotPattern pattern) {
    if (bot == UNKNOWN) {
      bot = pattern.matches(this) ? 1 : 0;
    }
    return bot == 1;
  }

  @Override
  public String toString() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
