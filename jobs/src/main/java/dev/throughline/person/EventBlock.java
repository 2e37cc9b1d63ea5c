package dev.throughline.person;

import java.util.Arrays;

/**
 * Some thousand events as one binary, column by column. The head holds the texts that the events'
 * codes stand for, so a block can be read without knowing who wrote it.
 */
final class EventBlock {
  /** Words that hold two numbers of 32 bits. */
  private static final boolean[] PAIRS = new boolean[CompactEvent.WORDS];

  /** Words whose numbers are codes of texts. */
  private static final boolean[] CODES = new boolean[CompactEvent.WORDS];

  static {
    PAIRS[CompactEvent.DAYS] = true;
    for (int word :
        new int[] {CompactEvent.CAMPAIGN_AND_CHANNEL, CompactEvent.NAME, CompactEvent.CURRENCIES}) {
      PAIRS[word] = true;
      CODES[word] = true;
    }
  }

  private static final long LOW = 0xFFFFFFFFL;

  private final TextCodes codes;
  private final Bytes bytes = new Bytes();
  private long[] high = new long[0];
  private long[] low = new long[0];

  /** The codes of the block by those of the task, in writing; the other way round in reading. */
  private int[] translated = new int[16];

  private int[] texts = new int[16];
  private int textCount;

  /**
   * @param codes the texts of the task that writes or reads
   */
  EventBlock(TextCodes codes) {
    this.codes = codes;
  }

  /** The events as one binary. */
  byte[] write(EventBuffer events) {
    int size = events.size();
    room(size);
    bytes.clear();
    bytes.writeInt(size);
    writeTexts(events);
    long[] words = events.words();
    for (int word = 0; word < CompactEvent.TEXTS; word++) {
      boolean delta = word == CompactEvent.RECEIVED;
      for (int i = 0; i < size; i++) {
        int at = i * CompactEvent.WORDS;
        long value = words[at + word];
        // Received times lie close to the events' own.
        low[i] = delta ? value - base(words, at) : value;
      }
      if (PAIRS[word]) {
        split(size, CODES[word]);
        PackedLongs.write(high, size, bytes);
      }
      PackedLongs.write(low, size, bytes);
    }
    bytes.writeInt(events.textSize());
    bytes.writeBytes(events.texts(), 0, events.textSize());
    return bytes.toArray();
  }

  /** What a received time is written relative to; it is 0 where there is none. */
  private static long base(long[] words, int at) {
    boolean received = (words[at + CompactEvent.FLAGS] & CompactEvent.HAS_RECEIVED) != 0;
    return received ? words[at + CompactEvent.TIME] : 0;
  }

  private void split(int size, boolean coded) {
    for (int i = 0; i < size; i++) {
      long value = low[i];
      high[i] = coded ? translated[(int) (value >>> 32)] : value >> 32;
      low[i] = coded ? translated[(int) value] : (int) value;
    }
  }

  /** Numbers the texts that the block has, and writes them. */
  private void writeTexts(EventBuffer events) {
    if (translated.length < codes.size()) {
      translated = new int[2 * codes.size()];
    }
    textCount = 0;
    long[] words = events.words();
    for (int i = 0; i < events.size(); i++) {
      int at = i * CompactEvent.WORDS;
      for (int word = 0; word < CompactEvent.WORDS; word++) {
        if (CODES[word]) {
          number((int) (words[at + word] >>> 32));
          number((int) words[at + word]);
        }
      }
    }
    bytes.writeInt(textCount);
    for (int i = 0; i < textCount; i++) {
      byte[] text = codes.bytes(texts[i]);
      bytes.writeInt(text.length);
      bytes.writeBytes(text, 0, text.length);
    }
  }

  private void number(int code) {
    if (code == TextCodes.NONE) {
      return;
    }
    int known = translated[code];
    if (known > 0 && known <= textCount && texts[known - 1] == code) {
      return;
    }
    if (textCount == texts.length) {
      texts = Arrays.copyOf(texts, 2 * textCount);
    }
    texts[textCount] = code;
    translated[code] = ++textCount;
  }

  /** Reads what was written, by the codes of the task that reads. */
  void read(byte[] block, EventBuffer into) {
    Bytes from = new Bytes(block);
    into.clear();
    int size = from.readInt();
    room(size);
    readTexts(from);
    long[] words = into.wordsOf(size);
    for (int word = 0; word < CompactEvent.TEXTS; word++) {
      boolean delta = word == CompactEvent.RECEIVED;
      if (PAIRS[word]) {
        PackedLongs.read(from, high, size);
      }
      PackedLongs.read(from, low, size);
      if (PAIRS[word]) {
        join(size, CODES[word]);
      }
      for (int i = 0; i < size; i++) {
        int at = i * CompactEvent.WORDS;
        words[at + word] = delta ? low[i] + base(words, at) : low[i];
      }
    }
    int length = from.readInt();
    into.texts(from.readBytes(length), length);
  }

  private void join(int size, boolean coded) {
    for (int i = 0; i < size; i++) {
      long upper = coded ? translated[(int) high[i]] : high[i];
      long lower = coded ? translated[(int) low[i]] : low[i];
      low[i] = (upper << 32) | (lower & LOW);
    }
  }

  private void readTexts(Bytes from) {
    int count = from.readInt();
    if (translated.length <= count) {
      translated = new int[2 * count];
    }
    translated[TextCodes.NONE] = TextCodes.NONE;
    for (int i = 1; i <= count; i++) {
      translated[i] = codes.of(from.readBytes(from.readInt()));
    }
  }

  private void room(int size) {
    if (low.length < size) {
      low = new long[size];
      high = new long[size];
    }
  }
}
