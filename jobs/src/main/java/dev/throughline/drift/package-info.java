/** Whether a day looks like the days before it; knows neither Spark nor files. */
package dev.throughline.drift;
