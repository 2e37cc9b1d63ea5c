/** Staging, auditing and publishing of tables, and the run manifest. */
package dev.throughline.output;
