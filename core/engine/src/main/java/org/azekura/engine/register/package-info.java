/**
 * Registers: what is in many packs, as their own indexes say it, in one blob, with copies of the manifests of a pool and of the tree pages in those packs. Where
 * these lie on tape, a register beside the checkpoint saves going to each of them when a storage node has lost its index, or an appliance all that it had. It
 * says nothing that packs and manifests do not say: one that is damaged, or not there, costs time and nothing else. A blob
 * {@code registers/NNNNNNNNNNNNNNNN} (16 hexadecimal digits, rising from 1). Forms and versions are those of {@link org.azekura.engine.format}; integers are
 * unsigned and big-endian.
 *
 * <pre>
 * register = page* end                       kinds ascend; all of one version
 * page     = "AZRG" u8 version (1 or 2)
 *            u8 kind                         0 sessions, 1 packs, 2 chunks; version 1: 3 end; version 2: 3 manifests, 4 tree pages, 5 end
 *            u32 length of the body          1 byte to 5 MiB
 *            body
 *            CRC-32C (u32) of the page so far
 * body     = item*                           at least one, of the page's kind; of an end: u64 pages before it, u64 items in them
 *
 * session  = session id (16) u16 length, sealed key
 * pack     = pack id (16) u8 tree (0 or 1) group (16) u64 size of the pack
 *            u32 chunks                      as many as the pack's own index names
 *            u32 places                      as many chunks as follow of it here: each once
 *            u16 count, u32 session*         counted from 0 in this register, in the order of the pack's header
 * chunk    = u32 pack                        counted from 0 in this register
 *            chunk id (32) u32 offset in the pack u32 length of the frame u16 session    counted from 0 in the pack's list
 * manifest = u32 length, signed manifest     as the blob of that snapshot has it: of all snapshots of the pool, so the newest register has the most
 * page     = u32 length, frame               sealed, as a pack has it: of chunks of this register that are tree pages and that a snapshot still needs
 * </pre>
 *
 * <p>A pack of which not exactly so many places follow counts as not being there, and so does one that is not on the volume, or has another size there. A
 * manifest counts only if the blob of its snapshot is on the volume, with the same size.
 */
@Export
@Version("0.2.0")
package org.azekura.engine.register;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
