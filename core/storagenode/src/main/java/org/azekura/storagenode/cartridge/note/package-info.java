/**
 * What lies on a cartridge, kept beside it so that it need not be read through: the notes, and what is looked up in them.
 *
 * <pre>
 * note     = "AZEKNOTE" u16 version (0)  volume id (16)  record*
 * record   = u32 length of the body  body  u32 CRC-32C of length and body
 * body     = u8 1 or 2 (blob, deletion)  u64 serial  u64 number of its first block  u32 longest payload of its blocks  u64 size
 *            place u16 length, key
 *          | u8 3 (end)  u64 serial of the last object  u64 number of the next block  u32 blocks of the last object, 0: it is damaged
 *            u64 bytes before the end  place of the last object  place of the end
 *          | u8 4 (closed)                        nothing comes behind the end before it: another cartridge follows
 * place    = u64 object  u8 length, token         as the drive has it
 * </pre>
 * <p>Integers are unsigned and big-endian. Records count up to the last sound end; what stands behind it is cut off. Version 0: may still change.
 *
 * <p>A note is mapped, and its records are what is looked up ({@link org.azekura.storagenode.cartridge.note.Contents}): of two of one name the later counts, but the
 * first of two blobs; a note that is written anew has only those that count. Nothing is changed in a file that was mapped: it grows at its end, or another
 * takes its name.
 */
package org.azekura.storagenode.cartridge.note;
