/** Row-level facts: what is counted, sessions, touches, journeys and their credit. */
package dev.throughline.model;
