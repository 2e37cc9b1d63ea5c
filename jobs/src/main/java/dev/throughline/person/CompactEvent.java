package dev.throughline.person;

/**
 * A row of the log as sixteen longs and three texts: a cursor that is laid over one row after
 * another. {@link EventEncoder} is the one place that writes the longs, and the accessors here the
 * one place that reads them.
 *
 * <p>Texts that repeat (campaigns, channels, names, currencies) are numbers of {@link TextCodes};
 * those that are only told from each other (visitor, session, impression) are hashes; those that
 * must be there as they are (event, order, a rejected row) lie beside the longs.
 */
public final class CompactEvent {
  /** How many longs an event has. */
  static final int WORDS = 16;

  static final int VISITOR = 0;
  static final int TIME = 1;
  static final int FLAGS = 2;
  static final int DAYS = 3;
  static final int PAYLOAD = 4;
  static final int RECEIVED = 5;
  static final int CAMPAIGN_AND_CHANNEL = 6;
  static final int NAME = 7;
  static final int IMPRESSION = 8;
  static final int SESSION = 9;
  static final int VALUE = 10;
  static final int COST = 11;
  static final int SECONDS = 12;
  static final int CURRENCIES = 13;
  static final int FILE = 14;
  static final int TEXTS = 15;

  // The places of fields in FLAGS, from the lowest bit.
  static final int KIND_AT = 3;
  static final int VIEWABLE_AT = 5;
  static final int CONSENT_AT = 7;
  static final int REJECTION_AT = 9;
  static final int CHECK_AT = 24;
  static final long BOT = 1L << 14;
  static final long UPSTREAM = 1L << 15;
  static final long HAS_TIME = 1L << 16;
  static final long HAS_RECEIVED = 1L << 17;
  static final long HAS_SESSION = 1L << 18;
  static final long HAS_IMPRESSION = 1L << 19;
  static final long HAS_VALUE = 1L << 20;
  static final long HAS_COST = 1L << 21;
  static final long HAS_SECONDS = 1L << 22;
  static final long HAS_FILE = 1L << 23;

  private static final long HOUR = 3_600_000_000L;
  private static final double MICROS = 1e6;

  /** No page view has more foreground time than a day. */
  private static final double MOST_SECONDS = 86_400;

  long[] words;
  int at;
  final EventTexts texts = new EventTexts();

  /** Lays the cursor over a row. */
  CompactEvent over(long[] newWords, int newAt, byte[] textBytes, int textsAt) {
    words = newWords;
    at = newAt;
    texts.over(textBytes, textsAt);
    return this;
  }

  private boolean flag(long bit) {
    return (words[at + FLAGS] & bit) != 0;
  }

  private int bits(int place, int mask) {
    return (int) (words[at + FLAGS] >>> place) & mask;
  }

  /** The first hash of who did it. */
  public long visitor() {
    return words[at + VISITOR];
  }

  /** Bits of a second hash: two visitors of one first hash are told apart by them. */
  public int visitorCheck() {
    return bits(CHECK_AT, 0xFFFF);
  }

  public VisitorKind kind() {
    return VisitorKind.of(bits(KIND_AT, 3));
  }

  /** The reporting day, counted from 1970; of a rejected row the day of its partition. */
  public int day() {
    return (int) (words[at + DAYS] >> 32);
  }

  public int inputDay() {
    return (int) words[at + DAYS];
  }

  public boolean hasTime() {
    return flag(HAS_TIME);
  }

  /** Microseconds since 1970. */
  public long time() {
    return words[at + TIME];
  }

  /** Start of the clock hour of its time. */
  public long hour() {
    return time() - Math.floorMod(time(), HOUR);
  }

  /** The place of its type among events of one instant; {@link Text#NO_RANK} if unknown. */
  public int rank() {
    return bits(0, 7);
  }

  public long payload() {
    return words[at + PAYLOAD];
  }

  public boolean hasReceived() {
    return flag(HAS_RECEIVED);
  }

  public long received() {
    return words[at + RECEIVED];
  }

  /** Code of the campaign, 0 for none. */
  public int campaign() {
    return (int) (words[at + CAMPAIGN_AND_CHANNEL] >>> 32);
  }

  /** Code of its own channel, 0 for none. */
  public int channel() {
    return (int) words[at + CAMPAIGN_AND_CHANNEL];
  }

  /** Code of its name, 0 for none. */
  public int name() {
    return (int) words[at + NAME];
  }

  public boolean hasImpression() {
    return flag(HAS_IMPRESSION);
  }

  public long impression() {
    return words[at + IMPRESSION];
  }

  public boolean hasSession() {
    return flag(HAS_SESSION);
  }

  public long session() {
    return words[at + SESSION];
  }

  public boolean hasValue() {
    return flag(HAS_VALUE);
  }

  /** Worth in millionths; 0 if there is none. */
  public long value() {
    return words[at + VALUE];
  }

  public boolean hasCost() {
    return flag(HAS_COST);
  }

  /** Media cost in millionths; 0 if there is none. */
  public long cost() {
    return words[at + COST];
  }

  public boolean hasSeconds() {
    return flag(HAS_SECONDS);
  }

  public double seconds() {
    return Double.longBitsToDouble(words[at + SECONDS]);
  }

  /** Whole microseconds in the foreground: sums of doubles would depend on the order of rows. */
  public long foreground() {
    double micros = hasSeconds() ? Math.min(seconds(), MOST_SECONDS) * MICROS : 0;
    double whole = Math.floor(micros);
    return (long) (micros - whole >= 0.5 ? whole + 1 : whole);
  }

  /** Code of the currency of value, 0 for none. */
  public int currency() {
    return (int) (words[at + CURRENCIES] >>> 32);
  }

  /** Code of the currency of cost, 0 for none. */
  public int costCurrency() {
    return (int) words[at + CURRENCIES];
  }

  /** null if it was not measured. */
  public Boolean viewable() {
    return threeValued(bits(VIEWABLE_AT, 3));
  }

  /** null if it was not recorded. */
  public Boolean consent() {
    return threeValued(bits(CONSENT_AT, 3));
  }

  private static Boolean threeValued(int bits) {
    return bits == 0 ? null : Boolean.valueOf(bits == 2);
  }

  /** Why the row is no event; null for an event. */
  public Rejection rejection() {
    return rejected() ? Rejection.of(bits(REJECTION_AT, 31)) : null;
  }

  public boolean rejected() {
    return bits(REJECTION_AT, 31) != 0;
  }

  /** Whether the user agent declares a bot. */
  public boolean bot() {
    return flag(BOT);
  }

  /** Whether it was known upstream to be invalid. */
  public boolean invalidUpstream() {
    return flag(UPSTREAM);
  }

  public boolean hasFile() {
    return flag(HAS_FILE);
  }

  /** Hash of the file that holds the row. */
  public long file() {
    return words[at + FILE];
  }

  /** The texts beside the longs. */
  public EventTexts texts() {
    return texts;
  }
}
