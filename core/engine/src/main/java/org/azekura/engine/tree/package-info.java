/**
 * Trees: what is in a directory, and long lists of a file's extents, as pages that are chunks of kind TREE themselves.
 *
 * <p>Version 0: may still change. Integers are big-endian; {@code uint} is groups of 7 bits, most significant first, all
 * bytes but the last with the high bit set, no leading zero group; {@code sint} is the uint of the zigzag form; {@code block} is
 * a uint length and so many bytes; {@code text} is a block of UTF-8.
 *
 * <pre>
 * clear    = u8 version (0)  u32 count  ref*          readable without a key; at most 1 MiB
 * ref      = u8 kind (0 data, 1 tree)  chunk id (32)  distinct; numbered from 0, by first use in the plain part
 *
 * plain    = u8 version (0)  u8 form (1 entries, 2 extents)  u8 level  uint count  item*      at most 4 MiB
 * item     = entry                                    form 1, level 0
 *          | extent                                   form 2, level 0
 *          | number  block last name                  form 1, level above 0: a child page of the level below
 *          | number  uint extents  uint bytes         form 2, level above 0: a child page, and how much of the file it has
 * number   = uint                                     of a ref in the clear part
 *
 * entry    = block name (1 to 4096 bytes, ascending unsigned through all pages of a tree)  block body
 * body     = u8 type (1 file, 2 directory, 3 symbolic link, 4 FIFO, 5 socket, 6 block device, 7 character device)
 *            u8 flags (1 changed while it was read, 2 has a link group, 4 has a hash, 8 has no times)
 *            uint mode  uint uid  uint gid  text user  text group  uint size
 *            [time mtime  time ctime]                 unless flagged: a directory that only leads to a root
 *            [u64 link group, not 0]                  if flagged
 *            [block target]                           of a symbolic link
 *            [uint major  uint minor]                 of a device
 *            uint count  xattr*                       ascending by name
 *            content
 *            [SHA-256 of the content (32)]            if flagged
 * time     = sint seconds since 1970  uint nanoseconds
 * xattr    = block name  block value
 * content  = 0                                        nothing
 *          | 1 uint count  extent*                    in the entry
 *          | 2 number  uint extents                   in pages of form 2; the topmost one
 *          | 3 number                                 of a directory: its topmost page
 * extent   = 0 uint length                            a hole
 *          | 1 number  uint offset  uint length       a slice of a chunk's plain bytes, or all of them
 * </pre>
 *
 * The stand-alone form of an entry is {@code u8 version (0)  block name  body}; there a {@code number} is the chunk id itself.
 *
 * <p><b>Where pages end.</b> An item weighs its plain bytes and 33 for every number in it. A page ends behind an item if it
 * weighs 16 KiB or more and the hash of the item's key says so, which it does with probability weight / 48 KiB; or before an item that
 * would make it heavier than 256 KiB. The key is the name of an entry, the last name of a child page of form 1, the id of a child
 * of form 2, the stand-alone form of an extent. Hence an insertion changes one page (and those above it), seldom two. Pages
 * are closed only when another item follows; where there is more than one of a level, the level above lists them. An empty
 * directory is one page of level 0 without items; no other page is empty. Readers need not know where pages end.
 *
 * <p>{@link org.azekura.engine.tree.PageRefs} is all that marking, checking and copying need.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.tree;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
