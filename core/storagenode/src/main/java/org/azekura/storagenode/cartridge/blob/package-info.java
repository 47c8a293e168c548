/**
 * Blobs on their way to a cartridge: what they may be called, where their content is meanwhile, and whose turn it is to be written. Nothing here knows of a
 * drive.
 */
package org.azekura.storagenode.cartridge.blob;
