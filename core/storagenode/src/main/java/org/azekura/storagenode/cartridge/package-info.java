/**
 * The cartridges of a library as volumes. What lies on them is {@link org.azekura.engine.tape}; it alone is true. Notes beside save reading
 * a cartridge through: they are lost without harm, and one that does not fit keeps the cartridge from being written.
 *
 * <p>In the folder of the spool, for each library in a folder of its name:
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
 * <p>Integers are unsigned and big-endian. Version 0: may still change.
 *
 * <p><b>Locks</b>, in this order: {@link org.azekura.storagenode.cartridge.set.MediaSet} (one for each pool),
 * a turn with a drive ({@link org.azekura.storagenode.lease.DriveDesk}; it is waited for long), {@link org.azekura.storagenode.cartridge.set.Tape} (one for each
 * cartridge), {@link org.azekura.storagenode.cartridge.drive.Bay} (one for each drive), {@link org.azekura.storagenode.cartridge.drive.Robot}. What is listed and how
 * long it is, is told without any of them once the cartridge, or its note, was read. All that was written is on the tape, or given up, before a drive is let go of.
 */
package org.azekura.storagenode.cartridge;
