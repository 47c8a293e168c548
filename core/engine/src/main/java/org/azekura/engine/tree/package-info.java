/**
 * Trees: what is in a directory, and long lists of a file's extents, as pages that are chunks of kind TREE themselves.
 *
 * <p>Forms and versions are those of {@link org.azekura.engine.format}. A snapshot's manifest names the topmost page of the tree of {@code /}.
 *
 * <pre>
 * clear    = u8 version  u32 count  ref*          readable without a key; at most 1 MiB
 * ref      = u8 kind (0 data, 1 tree)  chunk id (32)  distinct; numbered from 0, by first use in the plain part
 *
 * plain    = u8 version  u8 form (1 entries, 2 extents)  u8 level (0 to 16)  uint count  item*      at most 4 MiB
 * item     = entry                                    form 1, level 0
 *          | extent                                   form 2, level 0
 *          | number  block last name                  form 1, level above 0: a child page of the level below
 *          | number  uint extents  uint bytes         form 2, level above 0: a child page, and how much of the file it has
 * number   = uint                                     of a ref in the clear part, which must be of the kind that is named here
 *
 * entry    = block name  block body                   names have 1 to 4096 bytes, none of them 0 or "/", are neither "." nor "..", and ascend
 *                                                     (bytes compared unsigned) through all pages of a tree; no name twice
 * body     = u8 type (1 file, 2 directory, 3 symbolic link, 4 FIFO, 5 socket, 6 block device, 7 character device)
 *            u8 flags (1 changed while it was read, 2 has a link group, 4 has a hash, 8 has no times)
 *            uint mode  uint uid  uint gid              32 bits each; of the mode the permissions, setuid, setgid, sticky (octal 7777)
 *            text user  text group                    empty if the number had no name
 *            uint size                                of a file; 0 of all others
 *            [time mtime  time ctime]                 unless flagged: a directory that only leads to a root
 *            [u64 link group, not 0]                  if flagged: all entries of a snapshot that have this one are names of one file
 *            [block target]                           of a symbolic link
 *            [uint major  uint minor]                 of a device; 32 bits each
 *            uint count  xattr*                       ascending by name, none twice; name with its prefix ("user.x"); ACLs are such
 *            content
 *            [SHA-256 of the content (32)]            if flagged, which only a file with content 1 or 2 can be
 * time     = sint seconds since 1970  uint nanoseconds
 * xattr    = block name  block value
 * content  = 0                                        nothing: an empty file; no file; a directory whose content was not saved
 *          | 1 uint count  extent*                    in the entry
 *          | 2 number  uint extents                   in pages of form 2; the topmost one; all extents in them, at least 1
 *          | 3 number                                 of a directory: its topmost page
 * extent   = 0 uint length                            a hole; at least 1
 *          | 1 number  uint offset  uint length       a slice of a chunk's plain bytes, or all of them; at least 1, within 4 MiB
 * </pre>
 *
 * Extents stand in file order, without gaps; a file's lengths add up to its size, a file that ends in a hole has that hole.
 *
 * <p>The stand-alone form of an entry is {@code u8 version  block name  body}; there a {@code number} is the chunk id itself. It is on no medium.
 *
 * <p><b>Where pages end.</b> An item weighs its plain bytes and 33 for every number in it. A page ends behind an item if by then the page
 * weighs 16 KiB or more and the hash of the item's key says so, which it does with probability weight of the item / 48 KiB; or before an item
 * that would make it heavier than 256 KiB. The key is the name of an entry, the last name of a child page of form 1, the id of a child of
 * form 2, the stand-alone form of an extent. Hence an insertion changes one page (and those above it), seldom two. Pages are closed only
 * when another item follows; where there is more than one of a level, the level above lists them. An empty directory is one page of
 * level 0 without items; no other page is empty. Readers need not know where pages end; what follows binds writers only (level is that of the page):
 *
 * <pre>
 * h = page seed (see org.azekura.engine.chunk) + level       all in 64 bits
 * for each byte of the key: h = (h xor byte) * 0x100000001b3
 * h = (h xor h / 2^33) * 0xff51afd7ed558ccd                  / is that of unsigned whole numbers
 * h = (h xor h / 2^33) * 0xc4ceb9fe1a85ec53
 * ends if h / 2^32 * 49152 is less than weight * 2^32
 * </pre>
 *
 * <p>{@link org.azekura.engine.tree.PageRefs} is all that marking, checking and copying need.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.tree;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
