/** Copies, verification, pruning, the catalog. */
package org.azekura.cli.upkeep;
