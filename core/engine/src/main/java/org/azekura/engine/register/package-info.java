/**
 * Registers: what is in many packs, as their own indexes say it, in one blob. Where packs lie on tape a register beside the checkpoint saves going to each of them
 * when a storage node has lost its index. It says nothing that the packs do not say: one that is damaged, or not there, costs time and nothing else. A blob
 * {@code registers/NNNNNNNNNNNNNNNN} (16 hexadecimal digits, rising from 1). Forms and versions are those of {@link org.azekura.engine.format}; integers are
 * unsigned and big-endian.
 *
 * <pre>
 * register = page* end                       kinds ascend
 * page     = "AZRG" u8 version (1) u8 kind   0 sessions, 1 packs, 2 chunks, 3 end
 *            u32 length of the body          1 byte to 1 MiB
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
 * </pre>
 *
 * <p>A pack of which not exactly so many places follow counts as not being there, and so does one that is not on the volume, or has another size there.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.register;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
