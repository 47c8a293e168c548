/**
 * The jobs of the server. Here is their queue: orders are checked, wait for a place, for the mains or for what is away, and become runs. What each kind of job
 * does stands in a room of its own.
 *
 * <p>A room imports those that stand above it here, never one below:
 * <pre>
 * run       what every job works with: its row, its log, what may be in its way
 * client    the client as a part of a job
 * damage    which snapshots lose something, and how that is remembered
 * place     where things lie and where they go
 * lock      media keep what nobody may delete
 * backup    a snapshot is made
 * restore   one is brought back
 * drill     one is brought back to be compared
 * mount     one is looked into
 * copy      packs go to another pool
 * heal      packs come back from another pool
 * verify    packs are read again
 * recycle   cartridges leave their pools
 * prune     space comes back
 * rebuild   a catalog is made anew
 * expire    snapshots that no rule wants go
 * errand    what others do: drivers, cartridges
 * here      the queue
 * </pre>
 */
package org.azekura.server.job;
