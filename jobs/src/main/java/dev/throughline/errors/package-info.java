/** The one exception of the project and the kinds of failure that a user can tell apart. */
package dev.throughline.errors;
