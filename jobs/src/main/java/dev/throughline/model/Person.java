package dev.throughline.model;

import dev.throughline.config.Settings.Attribution;
import java.util.Arrays;
import java.util.Set;

/**
 * What the sweep remembers of the person whose rows it is passing: the latest touches and the lead
 * events among them. Its size is bounded by the configuration, whatever the person did.
 */
final class Person {
  private final TouchQueue clicks;
  private final TouchQueue views;
  private final Set<String> directChannels;
  private final int maxTouches;
  private final Journey journey;
  private final long[] order;
  private final long[] leads;
  private int leadCount;
  private long next;
  private long lastTouch;
  private long lastTouchTime;
  private long lastConversion;
  private boolean capped;

  Person(Attribution settings) {
    maxTouches = settings.maxTouches();
    clicks = new TouchQueue(maxTouches, settings.clickLookback().toNanos() / 1000);
    views = new TouchQueue(maxTouches, settings.viewLookback().toNanos() / 1000);
    directChannels = settings.directChannels();
    journey = new Journey(2 * maxTouches);
    order = new long[2 * maxTouches];
    leads = new long[4 * maxTouches + 2];
    begin();
  }

  /** Forgets the last person. */
  void begin() {
    clicks.clear();
    views.clear();
    leadCount = 0;
    next = 0;
    lastTouch = -1;
    lastConversion = -1;
  }

  /** A click takes the place of the impression that it came from. */
  void click(PersonEvent click) {
    if (click.impression() != null) {
      views.strike(click.impression());
    }
    touch(click.time());
    clicks.add(click, next++);
  }

  /**
   * An impression whose click is here already is not a second touch.
   *
   * @return whether it is a touch
   */
  boolean view(PersonEvent view) {
    clicks.expire(view.time());
    if (view.impression() != null && clicks.has(view.impression())) {
      return false;
    }
    touch(view.time());
    views.add(view, next++);
    return true;
  }

  private void touch(long time) {
    lastTouch = next;
    lastTouchTime = time;
  }

  /** Only the first of several leads without a touch between them can be a milestone. */
  void lead() {
    if (leadCount > 0 && leads[leadCount - 1] > lastTouch) {
      return;
    }
    if (leadCount == leads.length) {
      dropUselessLeads();
    }
    leads[leadCount++] = next++;
  }

  /**
   * Of the leads between two remembered touches the first is enough; so there are never more than
   * touches.
   */
  private void dropUselessLeads() {
    int kept = 0;
    int click = 0;
    int view = 0;
    for (int i = 0; i < leadCount; i++) {
      boolean follows = false;
      for (; click < clicks.size() && clicks.sequence(click) < leads[i]; click++) {
        follows = true;
      }
      for (; view < views.size() && views.sequence(view) < leads[i]; view++) {
        follows = true;
      }
      if (follows) {
        leads[kept++] = leads[i];
      }
    }
    leadCount = kept;
  }

  /** A conversion, whether it counts or not, ends the journey that has not converted. */
  void converted() {
    lastConversion = next++;
  }

  /**
   * The touches since the last conversion, as of the last of them; empty if there are none. It is
   * valid until the next call.
   */
  Journey unconverted() {
    if (lastTouch <= lastConversion) {
      journey.size = 0;
      return journey;
    }
    return journey(lastTouchTime, lastConversion);
  }

  /** The journey of a conversion at the given instant. It is valid until the next call. */
  Journey convert(long time) {
    return journey(time, -1);
  }

  private Journey journey(long time, long after) {
    clicks.expire(time);
    views.expire(time);
    int size = merge();
    int cut = Math.max(0, size - maxTouches);
    capped = cut > 0 || clicks.lostAny(time) || views.lostAny(time);
    while (cut < size && order[cut] <= after) {
      cut++;
    }
    shift(cut, size);
    journey.size = size - cut;
    journey.conversionTime = time;
    journey.leadTouch = leadTouch(journey.size);
    for (int i = 0; i < journey.size; i++) {
      journey.direct[i] = directChannels.contains(journey.channels.get(i));
    }
    return journey;
  }

  /** Whether touches of the last journey were cut off. */
  boolean capped() {
    return capped;
  }

  private int merge() {
    int click = 0;
    int view = 0;
    int size = 0;
    while (click < clicks.size() || view < views.size()) {
      boolean takeClick =
          view == views.size()
              || (click < clicks.size() && clicks.sequence(click) < views.sequence(view));
      if (takeClick) {
        order[size] = clicks.sequence(click);
        journey.click[size] = true;
        clicks.copy(click++, journey, size++);
      } else if (views.struck(view)) {
        view++;
      } else {
        order[size] = views.sequence(view);
        journey.click[size] = false;
        views.copy(view++, journey, size++);
      }
    }
    return size;
  }

  private void shift(int cut, int size) {
    if (cut > 0) {
      System.arraycopy(order, cut, order, 0, size - cut);
      System.arraycopy(journey.time, cut, journey.time, 0, size - cut);
      System.arraycopy(journey.click, cut, journey.click, 0, size - cut);
      System.arraycopy(journey.day, cut, journey.day, 0, size - cut);
      journey.campaigns.shift(cut, size);
      journey.channels.shift(cut, size);
    }
  }

  /**
   * The last touch before the earliest lead that follows any touch of the journey; -1 where there
   * is none.
   */
  private int leadTouch(int size) {
    if (size == 0) {
      return -1;
    }
    int at = Arrays.binarySearch(leads, 0, leadCount, order[0]);
    int lead = at >= 0 ? at : -at - 1;
    if (lead == leadCount) {
      return -1;
    }
    int touch = Arrays.binarySearch(order, 0, size, leads[lead]);
    return -touch - 2;
  }
}
