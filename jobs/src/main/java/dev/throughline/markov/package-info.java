/** The exact solution of a Markov chain of journeys: who would be missed, and by how much. */
package dev.throughline.markov;
