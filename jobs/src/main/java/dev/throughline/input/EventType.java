package dev.throughline.input;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** The kinds of event, in the order in which events of one person and one instant are taken. */
public enum EventType {
  IMPRESSION,
  CLICK,
  PAGE_VIEW,
  ENGAGEMENT,
  CONVERSION;

  /** The word that stands for this kind in the log. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether an event, whose rank is in {@link Events#RANK}, is of this kind. */
  public Column here() {
    return Events.RANK.col().equalTo(functions.lit(ordinal()));
  }

  /** The rank of an event type's word; NULL for a word that stands for none. */
  static Column rankOf(Column word) {
    Column rank = functions.lit(null).cast("int");
    for (EventType type : values()) {
      rank = functions.when(word.equalTo(type.word()), type.ordinal()).otherwise(rank);
    }
    return rank;
  }
}
