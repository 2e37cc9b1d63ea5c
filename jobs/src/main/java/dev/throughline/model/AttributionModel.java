package dev.throughline.model;

/**
 * A way to credit conversions to campaigns and channels.
 *
 * <p>To add a model, add a record that is a {@link JourneyModel} and its line in {@link
 * AttributionModels}.
 */
sealed interface AttributionModel permits JourneyModel, AttributionModel.Markov {

  /** The stable id under which credit is published. */
  String id();

  /** Whether the credit of a conversion adds up to one conversion. */
  default boolean additive() {
    return true;
  }

  /**
   * Whether shares are learned from the journeys of several days and then applied to the
   * conversions of one.
   */
  default boolean learned() {
    return false;
  }

  /**
   * Removal effects in a chain whose states are the members of so many touches in a row.
   *
   * @param order how many
   */
  record Markov(String id, int order) implements AttributionModel {
    @Override
    public boolean learned() {
      return true;
    }
  }
}
