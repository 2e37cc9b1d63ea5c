package dev.throughline.input;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** The kinds of event, in the order in which events of one person and one instant are taken. */
public enum EventType {
  IMPRESSION(0),
  CLICK(1),
  PAGE_VIEW(2),
  ENGAGEMENT(3),
  CONVERSION(4);

  private final int rank;

  EventType(int rank) {
    this.rank = rank;
  }

  /** The place of this kind among events of one instant. */
  public int rank() {
    return rank;
  }

  /** The word that stands for this kind in the log. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether an event, whose rank is in {@link Events#RANK}, is of this kind. */
  public Column here() {
    return Events.RANK.col().equalTo(functions.lit(rank));
  }

  /** The rank of an event type's word; NULL for a word that stands for none. */
  static Column rankOf(Column word) {
    Column rank = functions.lit(null).cast("int");
    for (EventType type : values()) {
      rank = functions.when(word.equalTo(type.word()), type.rank).otherwise(rank);
    }
    return rank;
  }
}
