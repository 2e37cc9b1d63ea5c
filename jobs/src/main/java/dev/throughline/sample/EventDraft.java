package dev.throughline.sample;

import java.math.BigDecimal;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** One event while it is being made; {@link #toRow} freezes it. Times are epoch milliseconds. */
final class EventDraft {
  String eventId;
  long time;
  long received;
  String type;
  String name;
  String userId;
  String sessionId;
  String campaignId;
  String channel;
  String creativeId;
  String placement;
  String impressionId;
  Boolean viewable;
  Double engagementSeconds;
  BigDecimal value;
  String orderId;
  BigDecimal cost;
  Boolean consent;
  String invalidReason;
  String userAgent;

  EventDraft(String type, long time) {
    this.type = type;
    this.time = time;
    this.received = nextBatch(time);
  }

  /** The collector hands events on once a minute, so that is the precision of its clock. */
  static long nextBatch(long time) {
    return (time / 60_000 + 1) * 60_000;
  }

  EventDraft of(Campaign campaign) {
    if (campaign != null) {
      campaignId = campaign.id();
      channel = campaign.channel();
    }
    return this;
  }

  EventDraft named(String eventName) {
    name = eventName;
    return this;
  }

  EventDraft in(String session) {
    sessionId = session;
    return this;
  }

  EventDraft copy() {
    EventDraft copy = new EventDraft(type, time);
    copy.eventId = eventId;
    copy.received = received;
    copy.name = name;
    copy.userId = userId;
    copy.sessionId = sessionId;
    copy.campaignId = campaignId;
    copy.channel = channel;
    copy.creativeId = creativeId;
    copy.placement = placement;
    copy.impressionId = impressionId;
    copy.viewable = viewable;
    copy.engagementSeconds = engagementSeconds;
    copy.value = value;
    copy.orderId = orderId;
    copy.cost = cost;
    copy.consent = consent;
    copy.invalidReason = invalidReason;
    copy.userAgent = userAgent;
    return copy;
  }

  /** The row under {@link SampleSchema#DRAFT}. */
  Row toRow(long sortKey) {
    return RowFactory.create(
        sortKey,
        eventId,
        time * 1000,
        received * 1000,
        type,
        name,
        userId,
        sessionId,
        campaignId,
        channel,
        creativeId,
        placement,
        impressionId,
        viewable,
        engagementSeconds,
        value,
        value == null ? null : "EUR",
        orderId,
        cost,
        cost == null ? null : "EUR",
        consent,
        invalidReason,
        userAgent);
  }
}
