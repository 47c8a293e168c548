/**
 * Finds names in all snapshots. The index of names follows the catalog: what it lacks is read from the trees, on a thread of its own, and what the
 * catalog has no more it forgets. Nobody relies on being told of a change: each round compares the two.
 */
package org.azekura.server.names;
