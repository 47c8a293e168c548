/**
 * The cartridges of a library as volumes. What lies on them is {@link org.azekura.engine.tape}; it alone is true. Notes beside save reading
 * a cartridge through: they are lost without harm, and one that does not fit keeps the cartridge from being written.
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
 * VOLUME-ID.note        what lies on a cartridge, below; written anew when a library is opened, then it grows
 * VOLUME-ID.note.damaged   empty: objects were passed over there that can't be read, and nobody knows what they were. Gone when a later reading of all
 *                       of it finds none
 * *.new                 half-written; means nothing
 *
 * note     = "AZEKNOTE" u16 version (0)  volume id (16)  record*
 * record   = u32 length of the body  body  u32 CRC-32C of length and body
 * body     = u8 1 or 2 (blob, deletion)  u64 serial  u64 number of its first block  u32 longest payload of its blocks  u64 size
 *            place u16 length, key
 *          | u8 3 (end)  u64 serial of the last object  u64 number of the next block  u32 blocks of the last object, 0: it is damaged
 *            u64 bytes before the end  place of the last object  place of the end
 *          | u8 4 (closed)                        nothing comes behind the end before it: another cartridge follows
 * place    = u64 object  u8 length, token         as the drive has it
 * </pre>
 * In the folder of the spool, for each library in a folder of its name:
 * <pre>
 * *.blob                a blob in the making that gets to tape when it is committed; means nothing after a start
 * POOL/*.new            a pack in the making; means nothing after a start
 * POOL/NUMBER-NAME.pack a pack that is durable and waits for tape: NUMBER in 16 hexadecimal digits, NAME the last part of its key, for people.
 *                       Written and synced under another name, then renamed, then the folder is synced: what has this name was whole once.
 *                       Deleted when the pack is on tape and synced there; one that comes back is found on the tape
 * POOL/*.aside          a file that was found to be none of these; kept for who wants to look at it
 *
 * pack     = content  "AZEKSPOO" u16 version (0)  volume id (16)  u64 number  u64 size  u32 CRC-32C of the content  u16 length, key
 *            zeros up to 576 bytes behind the content, u32 CRC-32C of the 572 bytes before as their last
 * </pre>
 * On each cartridge of a set that follows another, blobs for each of those before it:
 * <pre>
 * azekura-notes/VOLUME-ID          its note, as above, if it is closed
 * azekura-notes/VOLUME-ID.member   its label (4096 bytes), then text, lines that end with LF: "barcode BARCODE" if it has one, "damaged" as for *.note.damaged;
 *                                  other lines say nothing
 * </pre>
 *
 * <p>Integers are unsigned and big-endian. Records count up to the last sound end; what stands behind it is cut off. Version 0: may still change.
 *
 * <p>A note is mapped, and its records are what is looked up ({@link org.azekura.storagenode.cartridge.Contents}): of two of one name the later counts, but the
 * first of two blobs; a note that is written anew has only those that count. Nothing is changed in a file that was mapped: it grows at its end, or another
 * takes its name.
 *
 * <p><b>Locks</b>, in this order: {@link org.azekura.storagenode.cartridge.MediaSet} (one for each pool),
 * a turn with a drive ({@link org.azekura.storagenode.lease.DriveDesk}; it is waited for long), {@link org.azekura.storagenode.cartridge.Tape} (one for each
 * cartridge), {@link org.azekura.storagenode.cartridge.Bay} (one for each drive), {@link org.azekura.storagenode.cartridge.Robot}. What is listed and how
 * long it is, is told without any of them once the cartridge, or its note, was read. All that was written is on the tape, or given up, before a drive is let go of.
 */
package org.azekura.storagenode.cartridge;
