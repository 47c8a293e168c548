/** The storage node: owns devices, arranges and writes packs, reads them back. */
package org.azekura.storagenode;
