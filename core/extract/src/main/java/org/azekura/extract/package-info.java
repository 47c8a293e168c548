/**
 * Reads bare volumes without server, catalog or configuration: what {@code azekura extract} is.
 *
 * <p>Everything is learnt from the volumes themselves: labels, key rings, the newest sound checkpoint, manifests, and the index of every pack
 * (its frames where the index is damaged). Only where chunks lie is kept in memory, some 40 to 80 bytes for each. Nothing on a volume is ever written.
 * Files are restored by the client's own restorer.
 */
package org.azekura.extract;
