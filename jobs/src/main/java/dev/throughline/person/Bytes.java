package dev.throughline.person;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are written from the front, and read again in the same order. */
final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A long may be read or written as a whole at any place; this much may lie behind the last. */
  private static final int SLACK = Long.BYTES;

  private byte[] bytes;
  private int at;

  /** Nothing yet. */
  Bytes() {
    bytes = new byte[4096];
  }

  /** What {@link #toArray} returned. */
  Bytes(byte[] written) {
    bytes = written;
  }

  private void room(int more) {
    if (at + more + SLACK > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + more + SLACK));
    }
  }

  void writeByte(int value) {
    room(1);
    bytes[at++] = (byte) value;
  }

  int readByte() {
    return bytes[at++];
  }

  void writeLong(long value) {
    writeLong(value, Long.BYTES);
  }

  long readLong() {
    return readLong(Long.BYTES);
  }

  void writeInt(int value) {
    writeLong(value, Integer.BYTES);
  }

  int readInt() {
    return (int) readLong(Integer.BYTES);
  }

  /** Writes the lowest bytes of a number. */
  void writeLong(long value, int width) {
    room(width);
    LONG.set(bytes, at, value);
    at += width;
  }

  /** Reads a number without a sign. */
  long readLong(int width) {
    long value = (long) LONG.get(bytes, at);
    at += width;
    return width == Long.BYTES ? value : value & ((1L << (8 * width)) - 1);
  }

  void writeBytes(byte[] from, int offset, int length) {
    room(length);
    System.arraycopy(from, offset, bytes, at, length);
    at += length;
  }

  byte[] readBytes(int length) {
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  int size() {
    return at;
  }

  void clear() {
    at = 0;
  }

  /** A copy, with what reading needs behind it. */
  byte[] toArray() {
    return Arrays.copyOf(bytes, at + SLACK);
  }
}
