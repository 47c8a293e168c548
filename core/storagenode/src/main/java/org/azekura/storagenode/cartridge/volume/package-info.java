/**
 * One volume on one cartridge: labels it, reads to its end, appends to it, reads from it. All in a drive that the caller has in a turn; which cartridge that
 * is, and what its pool has elsewhere, others know. What lies on it is {@link org.azekura.engine.tape}.
 */
package org.azekura.storagenode.cartridge.volume;
