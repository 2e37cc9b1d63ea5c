/** One contract and one query for each published table. */
package dev.throughline.reports;
