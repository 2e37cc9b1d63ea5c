/** Vocabulary of tables: fields, keys, rules. */
package dev.throughline.table;
