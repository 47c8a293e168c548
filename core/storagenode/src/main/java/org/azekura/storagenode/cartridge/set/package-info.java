/**
 * The cartridges of a pool as one set: which cartridge is whose ({@link org.azekura.storagenode.cartridge.set.Owners}), which comes next, where a blob lies,
 * and how a cartridge leaves. {@link org.azekura.storagenode.cartridge.set.Shelf} is what the sets of a library share.
 *
 * <p>On the cartridges, beside what callers write:
 * <pre>
 * azekura-left/NUMBER-VOLUME   a blob: that volume, NUMBER of its set in 8 hexadecimal digits, VOLUME its id in 32, is no member any more, wherever its
 *                              cartridge is. On a later one than it, and copied when that leaves. Empty; of number 1 it is the pool's label
 * </pre>
 * <p>In the folder of notes, for each library in a folder of its name:
 * <pre>
 * cartridges            text, replaced whole: lines "BARCODE VOLUME-ID POOL" of cartridges whose label was read
 * VOLUME-ID.label       a label that was seen, or is about to be written; 4096 bytes as on the cartridge
 * VOLUME-ID.note        what lies on a cartridge, as {@link org.azekura.storagenode.cartridge.note}; written anew when a library is opened, then it grows
 * VOLUME-ID.note.damaged   empty: objects were passed over there that can't be read, and nobody knows what they were. Gone when a later reading of all
 *                       of it finds none
 * *.new                 half-written; means nothing
 * </pre>
 * <p>On each cartridge of a set that follows another, blobs for each of those before it:
 * <pre>
 * azekura-notes/VOLUME-ID          its note, as above, if it is closed
 * azekura-notes/VOLUME-ID.member   its label (4096 bytes), then text, lines that end with LF: "barcode BARCODE" if it has one, "damaged" as for *.note.damaged;
 *                                  other lines say nothing
 * </pre>
 */
package org.azekura.storagenode.cartridge.set;
