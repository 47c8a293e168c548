/** Snapshots, what is in them, and where they lie. */
package org.azekura.rest.snapshot;
