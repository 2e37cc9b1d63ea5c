package dev.throughline.person;

/**
 * Writes a column of longs in as few bytes as their range needs: as the least of them, a width, and
 * what each exceeds it by. A column in which most are zero says with one bit which are not, and
 * packs those alone.
 */
final class PackedLongs {
  private static final int DENSE = 0;
  private static final int SPARSE = 1;

  private PackedLongs() {}

  /** Writes the first of some longs. */
  static void write(long[] column, int size, Bytes to) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    long leastOther = Long.MAX_VALUE;
    long mostOther = Long.MIN_VALUE;
    int others = 0;
    for (int i = 0; i < size; i++) {
      long value = column[i];
      least = Math.min(least, value);
      most = Math.max(most, value);
      if (value != 0) {
        leastOther = Math.min(leastOther, value);
        mostOther = Math.max(mostOther, value);
        others++;
      }
    }
    int dense = width(least, most);
    int sparse = width(leastOther, mostOther);
    if ((long) dense * size <= (size + 7) / 8 + (long) sparse * others || others == 0) {
      writeHead(DENSE, least, dense, to);
      if (dense > 0) {
        for (int i = 0; i < size; i++) {
          to.writeLong(column[i] - least, dense);
        }
      }
      return;
    }
    writeHead(SPARSE, leastOther, sparse, to);
    for (int i = 0; i < size; i += 8) {
      int bits = 0;
      for (int k = i; k < Math.min(size, i + 8); k++) {
        bits |= column[k] != 0 ? 1 << (k - i) : 0;
      }
      to.writeByte(bits);
    }
    for (int i = 0; sparse > 0 && i < size; i++) {
      if (column[i] != 0) {
        to.writeLong(column[i] - leastOther, sparse);
      }
    }
  }

  private static void writeHead(int form, long least, int width, Bytes to) {
    to.writeByte(form);
    to.writeByte(width);
    to.writeLong(least);
  }

  /** How many bytes hold what the numbers of a range exceed its least by. */
  private static int width(long least, long most) {
    // The difference is without a sign: it may need all 64 bits.
    return most <= least ? 0 : (71 - Long.numberOfLeadingZeros(most - least)) / 8;
  }

  static void read(Bytes from, long[] column, int size) {
    int form = from.readByte();
    int width = from.readByte();
    long least = from.readLong();
    if (form == DENSE) {
      for (int i = 0; i < size; i++) {
        column[i] = width == 0 ? least : least + from.readLong(width);
      }
      return;
    }
    for (int i = 0; i < size; i += 8) {
      int bits = from.readByte();
      for (int k = i; k < Math.min(size, i + 8); k++) {
        column[k] = (bits >>> (k - i)) & 1L;
      }
    }
    for (int i = 0; i < size; i++) {
      if (column[i] != 0) {
        column[i] = width == 0 ? least : least + from.readLong(width);
      }
    }
  }
}
