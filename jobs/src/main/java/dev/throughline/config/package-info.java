/** Typed settings, read from HOCON, with every problem reported at once. */
package dev.throughline.config;
