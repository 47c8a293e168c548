/** How long snapshots stay: what keeps them, pins, locks, and rules that are tried. */
package org.azekura.rest.retention;
