/** The seeded generator of sample logs. */
package dev.throughline.sample;
