/** The command line and the wiring of a run. */
package dev.throughline.app;
