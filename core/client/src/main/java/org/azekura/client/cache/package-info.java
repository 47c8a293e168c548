/**
 * What a client remembers of the last snapshot of a save set: its trees, plain, with inode numbers, so that the next backup
 * reads only what changed. One file per save set and pool, mode 0600, never saved. Version 0:
 *
 * <pre>
 * cache     = "AZC0" snapshot(16) started-second(8) started-nano(4) (block | directory)* use* trailer
 * block     = record+                                       ; consecutive entries of one directory
 * directory = tree-id(32) entries(8) pages(4) blocks(4)     ; behind all of its blocks and sub-directories
 *             page-id(32)*pages (offset(8) bytes(4))*blocks
 * record    = bytes(4) type(1) unstable(1) name-bytes(2) inode(8) device(8) child(8) size(8) mtime-second(8) ctime-second(8)
 *             mtime-nano(4) ctime-nano(4) link-group(8) segment(8) name entry
 * use       = segment(8) bytes(4) live-bytes(8)
 * trailer   = root-directory(8) first-use(8) uses(4) cache-bytes(8) "AZC0"
 *
 * point     = "AZP0" job(8) snapshot(16) bytes(8) entries(8) crc32c(4)
 * </pre>
 *
 * A {@code point} is a file of its own: the first {@code bytes} of the cache that is being made of {@code snapshot} are a whole cache of what the job
 * has made durable so far. In such a cache the id of a directory whose end has not come is all zero, and there are no {@code use}s; between it and
 * the rest of the file lie the directories and trailers of earlier points, which nothing refers to any more.
 *
 * <p>Numbers are big-endian. {@code child} is the offset of a sub-directory's {@code directory}, 0 for other entries; {@code segment} is the first 64
 * bits of the id of the chunk that a small file is a slice of, else 0; {@code use} tells how much of such a chunk the snapshot uses; {@code entry}
 * is the stand-alone form of {@link org.azekura.engine.tree.EntryCodec}.
 */
package org.azekura.client.cache;
