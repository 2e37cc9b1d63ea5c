/** One HTML file for people, made from the rows of the published tables alone. */
package dev.throughline.html;
