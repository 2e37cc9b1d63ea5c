/** The pass over each person's events in order, and the compact form of events that it takes. */
package dev.throughline.person;
