package dev.throughline.person;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives the different texts of a task small numbers, from 1; 0 stands for NULL. Texts are compared
 * byte by byte, so two texts of one hash have two codes.
 */
final class TextCodes {
  static final int NONE = 0;

  private byte[][] texts = new byte[256][];
  private long[] hashes = new long[256];
  private int[] table = new int[1024];
  private int size = 1;

  int of(byte[] bytes, int offset, int length, long hash) {
    int mask = table.length - 1;
    int place = (int) hash & mask;
    while (table[place] != NONE) {
      int code = table[place];
      if (hashes[code] == hash
          && Arrays.equals(texts[code], 0, texts[code].length, bytes, offset, offset + length)) {
        return code;
      }
      place = (place + 1) & mask;
    }
    if (size == texts.length) {
      texts = Arrays.copyOf(texts, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    texts[size] = Arrays.copyOfRange(bytes, offset, offset + length);
    hashes[size] = hash;
    table[place] = size++;
    if (2 * size > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    table = new int[2 * table.length];
    int mask = table.length - 1;
    for (int code = 1; code < size; code++) {
      int place = (int) hashes[code] & mask;
      while (table[place] != NONE) {
        place = (place + 1) & mask;
      }
      table[place] = code;
    }
  }

  /** The code of a text that is not in a row. */
  int of(byte[] bytes) {
    return of(bytes, 0, bytes.length, Xxh64.of(bytes, Xxh64.SEED));
  }

  byte[] bytes(int code) {
    return texts[code];
  }

  /** The text of a code; null of 0. */
  String text(int code) {
    return code == NONE ? null : new String(texts[code], StandardCharsets.UTF_8);
  }

  /** One more than the largest code. */
  int size() {
    return size;
  }
}
