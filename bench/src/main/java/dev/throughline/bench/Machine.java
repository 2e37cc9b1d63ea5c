package dev.throughline.bench;

import java.nio.file.Path;

/**
 * What a contender may use.
 *
 * @param threads of Spark and of DuckDB
 * @param memory heap of the JVM, and the limit of DuckDB's memory, as in 4g
 * @param spill folder for what does not fit
 */
record Machine(int threads, String memory, Path spill) {}
