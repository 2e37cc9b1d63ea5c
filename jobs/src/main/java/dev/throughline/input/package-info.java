/**
 * The event log and the dimension tables as the user has them, read and brought into their
 * contract.
 */
package dev.throughline.input;
