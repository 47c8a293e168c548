/** Snapshots: found, compared, kept, restored. */
package org.azekura.cli.snapshot;
