/** Counts, ratios and intervals as named columns. */
package dev.throughline.metrics;
