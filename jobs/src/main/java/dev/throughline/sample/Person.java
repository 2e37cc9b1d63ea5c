package dev.throughline.sample;

import java.util.SplittableRandom;

/**
 * Who somebody is, before anything happens.
 *
 * @param interest multiplies click rates; 1 on average
 * @param encounters how many times the person meets an advertisement or the site
 * @param organicOnly never meets an advertisement
 * @param consent true, false, or null for not recorded
 * @param namedSessions whether the site's events carry a session id
 * @param userAgent browser, or the name of a declared bot
 * @param invalidReason set where traffic comes from a data centre
 */
record Person(
    long number,
    double interest,
    int encounters,
    boolean organicOnly,
    Boolean consent,
    boolean namedSessions,
    String userAgent,
    String invalidReason) {

  private static final String[] BROWSERS = {
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Firefox/143.0"
  };

  private static final String[] BOTS = {"ExampleBot/1.0 (+crawler)", "PreviewBot/2.3 (+preview)"};

  static Person of(long number, SplittableRandom random) {
    int kind = random.nextInt(10);
    double interest = kind < 6 ? 0.4 : kind < 9 ? 1.3 : 3.7;
    int encounters = Chance.heavyTailed(random, 4.9, 1.25, 700);
    boolean organicOnly = Chance.hits(random, 0.06);
    int consent = random.nextInt(100);
    boolean bot = Chance.hits(random, 0.004);
    return new Person(
        number,
        interest,
        organicOnly ? Math.min(encounters, 6) : encounters,
        organicOnly,
        consent < 70 ? Boolean.TRUE : consent < 82 ? Boolean.FALSE : null,
        Chance.hits(random, 0.6),
        bot ? BOTS[random.nextInt(BOTS.length)] : browser(random),
        Chance.hits(random, 0.003) ? "datacenter" : null);
  }

  /** The same person, but no robot and not from a data centre. */
  Person behindBrowser() {
    return new Person(
        number, interest, encounters, organicOnly, consent, namedSessions, BROWSERS[0], null);
  }

  /** A browser; phones are the more common. */
  static String browser(SplittableRandom random) {
    return BROWSERS[Chance.index(random, new int[] {30, 32, 20, 13, 5})];
  }

  String userId() {
    return "u" + Ids.padded(number, 7);
  }
}
