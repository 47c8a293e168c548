/**
 * Backs up a save set. The road of the data:
 *
 * <pre>
 * reader (one platform thread)       walks, compares with the cache, reads, cuts chunks, writes trees
 *   → workers (one per core)         name
 *     → asker                        which are known at the node?
 *       → workers                    compress, seal
 *         → sender                   to the node; tree pages also to the server
 * </pre>
 *
 * Only the reader waits for room: the bytes of all chunks under way are bounded, so no queue behind it can grow, and no worker ever
 * waits for the reader. Trees are written by the reader, in walk order, as soon as the ids of what they name are known.
 */
package org.azekura.client.collect;
