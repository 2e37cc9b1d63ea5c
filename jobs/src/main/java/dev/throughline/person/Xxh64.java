package dev.throughline.person;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 64-bit hash XXH64 (Collet, 2012) of bytes and numbers, with the values that Spark's {@code
 * xxhash64} has, so that hashes of this package and of Spark's queries are comparable.
 */
final class Xxh64 {
  /** What Spark begins the hash of a column with. */
  static final long SEED = 42;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private Xxh64() {}

  static long ofInt(int value, long seed) {
    long hash = seed + PRIME_5 + 4;
    hash ^= (value & 0xFFFFFFFFL) * PRIME_1;
    return finished(Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3);
  }

  static long ofLong(long value, long seed) {
    return finished(withLong(seed + PRIME_5 + 8, value));
  }

  static long of(byte[] bytes, long seed) {
    return of(bytes, 0, bytes.length, seed);
  }

  static long of(byte[] bytes, int offset, int length, long seed) {
    int at = offset;
    int end = offset + length;
    long hash;
    if (length >= 32) {
      long a = seed + PRIME_1 + PRIME_2;
      long b = seed + PRIME_2;
      long c = seed;
      long d = seed - PRIME_1;
      for (; at <= end - 32; at += 32) {
        a = lane(a, (long) LONG.get(bytes, at));
        b = lane(b, (long) LONG.get(bytes, at + 8));
        c = lane(c, (long) LONG.get(bytes, at + 16));
        d = lane(d, (long) LONG.get(bytes, at + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = merged(merged(merged(merged(hash, a), b), c), d);
    } else {
      hash = seed + PRIME_5;
    }
    hash += length;
    for (; at <= end - 8; at += 8) {
      hash = withLong(hash, (long) LONG.get(bytes, at));
    }
    if (at <= end - 4) {
      hash ^= ((int) INT.get(bytes, at) & 0xFFFFFFFFL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += 4;
    }
    for (; at < end; at++) {
      hash ^= (bytes[at] & 0xFF) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return finished(hash);
  }

  private static long withLong(long hash, long value) {
    long mixed = hash ^ (Long.rotateLeft(value * PRIME_2, 31) * PRIME_1);
    return Long.rotateLeft(mixed, 27) * PRIME_1 + PRIME_4;
  }

  private static long lane(long sum, long value) {
    return Long.rotateLeft(sum + value * PRIME_2, 31) * PRIME_1;
  }

  private static long merged(long hash, long lane) {
    long mixed = hash ^ (Long.rotateLeft(lane * PRIME_2, 31) * PRIME_1);
    return mixed * PRIME_1 + PRIME_4;
  }

  private static long finished(long bits) {
    long hash = (bits ^ (bits >>> 33)) * PRIME_2;
    hash = (hash ^ (hash >>> 29)) * PRIME_3;
    return hash ^ (hash >>> 32);
  }
}
