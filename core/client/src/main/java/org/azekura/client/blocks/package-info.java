/**
 * Block maps: what a client remembers of the content of large files, so that of a file that changes in place only the changed blocks
 * are stored. A map holds a hash of every block of a file as it was saved, and the extents that its content became. One file per
 * saved file, mode 0600, in a folder beside the cache of its save set; never saved. Without its map a file is cut by content, as if new.
 *
 * <p>The name, 16 hexadecimal digits, is made of what the file system tells of the file: inode, size, times. Whether the map is really
 * that of the parent snapshot's content, the content's digest in it decides. Version 0:
 *
 * <pre>
 * map     = "AZB0" block-bytes(4) id(16) key(32) page* end
 * page    = kind(1) items(4) item*items check(8)
 * hash    = (16)                                    ; kind 1: of a piece; one for each, in file order
 * extent  = chunk-id(32) offset(4) length(8)        ; kind 2: in file order; a hole has zeros for id and offset
 * end     = blocks(8) stored(8) content(32) check(8)
 * content = SHA-256(1 extent*)                      ; of content whose extents are in its entry
 *         | SHA-256(2 page-id(32) extents(8))       ; of content whose extents have pages
 * check   = first 8 bytes of SHA-256(id, offset in the file of the page or end (8), the bytes before it in page or end)
 * </pre>
 *
 * Numbers are big-endian. A piece is a run of bytes without hole that crosses no multiple of block-bytes; it is as long as can be.
 * Blocks have 8192 bytes at first, 4096 in the maps of files that have changed: those are few, and likely to change again. Its hash is
 * the tag that ChaCha20-Poly1305 gives for it as associated data of an empty text, with {@code key} and the nonce 0(4) position(8).
 * {@code id} is random, so that blocks of an older file that a crash left in place do not check. {@code key} is random and handed
 * on from map to map of one file, as only hashes under one key can be compared. {@code stored} is what all chunks take together that
 * were stored for the file since it was last cut as a whole.
 */
package org.azekura.client.blocks;
