/**
 * Finds out what of a pool is alive, and what becomes of its packs. Needs no key: the clear parts of tree pages name all they lead to.
 *
 * <p>What makes it safe beside running backups is an order of events:
 *
 * <pre>
 * 1  tree store: marking begins       every page appended from here on is alive
 * 2  pages of running backups         alive
 * 3  node: BeginPrune                 packs written, and packs known to a job, from here on stay
 * 4  one view of the catalog          roots: snapshots, and deleted ones that a job holds; jobs that have not ended: their packs stay
 * 5  count what came and what went since the prune before, or everything; sweep, decide, rewrite, drop
 * </pre>
 *
 * A snapshot that is committed behind 4 consists of what its job wrote (kept by 3 and 4), of what was known to it (kept by 3) and of its
 * parent, which was a root in 4 or is such a snapshot itself.
 */
package org.azekura.server.prune;
