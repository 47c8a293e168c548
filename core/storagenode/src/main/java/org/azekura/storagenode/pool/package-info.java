/**
 * Pools that are served: a volume's label, what lies on it under which name, its packs as they are found and read through, and what is damaged. Who writes
 * packs and why, others know.
 *
 * <p>Blobs of a disk volume: {@code azekura-label}, {@code keyring-N} (N is its number), {@code packs/XX/PACKID} (XX are the id's first
 * two digits), {@code snapshots/SNAPSHOTID}, {@code damaged/XX/PACKID-N} (N counts up from 1),
 * {@code checkpoints/NNNNNNNNNNNNNNNN} (hexadecimal, counts up; see {@link org.azekura.engine.volume}; the two newest are kept),
 * {@code audit/FIRST-LAST-DIGITS} (numbers of lines of the audit log, 16 hexadecimal digits each, and the first eight of the SHA-256 of the blob; see {@link
 * org.azekura.engine.volume}), on cartridges {@code registers/NNNNNNNNNNNNNNNN}, too (see {@link org.azekura.engine.register}). Ids are 32
 * hexadecimal digits, N is decimal without leading zeros. On a disk blobs are files; readers pass over whatever else lies there.
 *
 * <p>{@code copies/NAME/…} is a whole volume of another pool: its label, key rings, packs and all the rest are as above below that folder. NAME is that
 * pool's name; if it has capital letters, in small ones, a hyphen and the first eight hexadecimal digits of the SHA-256 of the name in ASCII. Whoever reads
 * the volume it lies in passes over it.
 *
 * <p>In a library the cartridges of a pool together keep the same blobs ({@link org.azekura.storagenode.cartridge}).
 *
 * <p>A damage mark names the chunks that were found unreadable in a pack, so that they are stored again also after a restart. If a pack has
 * several (a newer one is written before the older is deleted), all count. It goes when the whole pack is found sound; if content told, only
 * when content was looked at again. One that cannot be read counts for all chunks of its pack. Forms and versions are those of
 * {@link org.azekura.engine.format}.
 *
 * <pre>
 * mark     = "AZEKDM" u16 version
 *            pack id (16)
 *            u32 found by             0: reading and checksums; 1: some by their content, with the right checksums
 *            u32 number of chunks                         1 to 1,048,576
 *            chunk id (32)*
 *            u32 CRC-32C of the mark so far
 * </pre>
 */
package org.azekura.storagenode.pool;
