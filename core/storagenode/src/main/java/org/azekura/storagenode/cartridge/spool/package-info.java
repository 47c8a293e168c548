/**
 * Packs that are durable on a disk and wait for tape: the journal of their files, and the drain that brings them to the cartridges of the pool, many at once.
 *
 * <p>In the folder of the spool, for each library in a folder of its name:
 * <pre>
 * *.blob                a blob in the making that gets to tape when it is committed; means nothing after a start
 * POOL/*.new            a pack in the making; means nothing after a start
 * POOL/NUMBER-NAME.pack a pack that is durable and waits for tape: NUMBER in 16 hexadecimal digits, NAME the last part of its key, for people.
 *                       Written and synced under another name, then renamed, then the folder is synced: what has this name was whole once.
 *                       Deleted when the pack is on tape and synced there; one that comes back is found on the tape, or takes that place once more
 * POOL/*.aside          a file that was found to be none of these; kept for who wants to look at it
 *
 * pack     = content  "AZEKSPOO" u16 version  volume id (16)  u64 number  u64 size  u32 CRC-32C of the content  u16 length, key
 *            zeros up to 576 bytes behind the content, u32 CRC-32C of the 572 bytes before as their last
 * </pre>
 * <p>Integers are unsigned and big-endian. Version 0, or 1 if it takes the place of what lies on tape under its name; may still change.
 */
package org.azekura.storagenode.cartridge.spool;
