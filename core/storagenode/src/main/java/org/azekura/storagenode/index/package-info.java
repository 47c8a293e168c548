/**
 * Which chunks lie where on a volume: one folder of files for each pool, mapped into memory, so that neither the heap nor a start grows with the
 * number of chunks. A cache: it is made anew from the packs' own indexes whenever it cannot be believed.
 *
 * <p>All integers are unsigned and big-endian, checksums are CRC-32C. Version 0: may still change.
 *
 * <pre>
 * head     = "AZEKCH" u16 version (0)
 *            volume id (16)
 *            boot id (16)                    of the kernel that had the files in memory last
 *            u32 clean                       1: everything is durable, and was not touched since
 *            u64 generation                  random; the other files must be of the same
 *            u32 checksum of the head so far
 * packs    = "AZEKPT" u16 version (0)  u64 generation  zeros (64)  record*
 * record   = u8 state                        0 free, 1 entering, 2 whole, 3 leaving
 *            u8 suspect                      1: something was found damaged in the pack
 *            u16 register                    which register on the volume names the pack (of its machine's byte order); 0: none
 *            u32 chunks                      as many as the pack's own index names
 *            u32 entered                     as many places as it has in the tables, if it is whole
 *            u32 nanoseconds of writtenAt
 *            pack id (16)  group (16)
 *            u64 size of the pack  u64 seconds of writtenAt
 *            u64 sessions                    place of a record in the log: a session, or a list of them
 *            u32 tree                        1: a pack of tree pages; plus 2: entered from its frames, for its own index could not be read
 *            u32 checksum of the record from chunks on
 * sessions = "AZEKSL" u16 version (0)  u64 generation  entry*  zeros
 * entry    = u32 length                      of what follows; the upper bit is set in a list
 *            session id (16) sealed key | u32 (place of a session / 8)*
 *            u32 checksum of what follows the length, XOR the length
 *            zeros up to a multiple of 8
 * chunks   = "AZEKCT" u16 version (0)  u64 generation  u32 number of the table  u32 slots
 *            u32 checksum of the above
 *            u32 slots taken
 *            u32 moving                      1: some slot may be there twice, and others not be found
 *            zeros (28)  slot*
 * slot     = u32 pack                        number + 1, 0: free; upper bit: found damaged
 *            u64 place                       offset (31 bits), length (23), number of the session within the pack (10)
 *            key (32)                        chunk id XOR SHA-256 of the group
 *            u16 references                  how many live pages refer to it; means nothing to another process
 * </pre>
 *
 * <p><b>What a killed process leaves.</b> What was written through memory stays with the kernel, in the order in which it was written. So after the same boot
 * the files are used as they are; a pack that was entering or leaving is taken out and, if it is on the volume, entered again; a table that
 * was moving slots is copied. After any other end but a clean one (power loss) everything is made anew.
 *
 * <p><b>Locks.</b> {@link org.azekura.storagenode.index.ChunkIndex} has one, shared by those who ask; inside it that of the pins. No device is
 * called under either. A pass over all chunks takes the lock table by table.
 */
package org.azekura.storagenode.index;
