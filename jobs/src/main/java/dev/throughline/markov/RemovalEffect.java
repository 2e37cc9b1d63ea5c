package dev.throughline.markov;

/**
 * What would be lost without one member: every journey that comes to a state with it ends there
 * without a conversion.
 *
 * @param member the campaign or channel
 * @param probabilityWithout probability of a conversion without it, 0 to 1
 * @param effect part of the conversions that would be lost, 1 − probabilityWithout ÷ probability, 0
 *     to 1; 0 where nothing converts
 * @param share effect ÷ sum of the effects of all members; 0 where that sum is 0
 * @param valueWithout expected value of a journey without it, in the unit of the values
 * @param valueEffect part of the expected value that would be lost, 0 to 1; 0 where the expected
 *     value is 0
 * @param valueShare valueEffect ÷ sum of the valueEffects of all members; 0 where that sum is 0
 */
public record RemovalEffect(
    String member,
    double probabilityWithout,
    double effect,
    double share,
    double valueWithout,
    double valueEffect,
    double valueShare) {}
