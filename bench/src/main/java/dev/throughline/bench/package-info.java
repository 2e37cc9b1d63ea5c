/** Times Throughline beside hand-written SQL on the same logs, and checks that all agree. */
package dev.throughline.bench;
