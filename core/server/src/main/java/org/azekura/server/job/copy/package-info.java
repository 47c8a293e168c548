/** Snapshots that are copied to another pool, pack by pack, from node to node. */
package org.azekura.server.job.copy;
