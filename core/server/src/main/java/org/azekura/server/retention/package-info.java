/**
 * How long snapshots stay. {@link org.azekura.server.retention.Survivors} decides, as a pure function; everything else here finds out what it has to know, or does what it
 * says.
 */
package org.azekura.server.retention;
