/**
 * What lies on a tape cartridge. Forms and versions are those of {@link org.azekura.engine.format}; the label is that of
 * {@link org.azekura.engine.volume}, names of blobs those of {@code org.azekura.storagenode}.
 *
 * <pre>
 * cartridge = label filemark object*
 * label     = the 4096 bytes of a volume's label, in one tape block
 * object    = block+ filemark                 a blob, or the note that one was deleted
 * block     = header payload                  one tape block of up to 262144 bytes; all of an object but the last have the same length
 * header    = "AZEKTAPE" (8)
 *             u16 version (1)
 *             u16 flags                       bit 0 first of its object, bit 1 last of it, bit 2 a deletion
 *             volume id (16)                  as in the label
 *             u64 number                      blocks before it on the cartridge: the label has 0; filemarks are not counted
 *             u64 serial                      of the object: 1 for the first, then one more for each
 *             u32 index                       of the block within its object, from 0
 *             u32 length                      of the payload; nothing stands behind it
 *             CRC-32C (u32)                   of header so far and payload
 * payload   = of the first block of an object: u16 length, the blob's name in ASCII, u64 length of its content, then content
 *             of all others: content only. A deletion is one block without content
 * </pre>
 *
 * <p><b>Reading it.</b> A later blob of the same name counts only if a deletion stands between them; else the first does. Between two filemarks stands
 * one object, or what is left of one: such is passed over, and takes a serial all the same; of its blocks later numbers may count fewer. Blocks behind the last
 * filemark are those of an object that was not finished, which counts as never written, and whose place the next one takes. The first deletion of a blob
 * called {@code azekura-label} deletes nothing: it says that the label, and the key rings before it, were written whole.
 *
 * <p>Drives cut blocks in silence and return those of other places: so a block says its length, its place and whose it is, and is believed only if
 * all of that is as expected. Serials tell that nothing is missing between two objects.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.tape;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
