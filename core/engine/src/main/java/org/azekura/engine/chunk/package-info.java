/**
 * Chunks: where content is cut, and how pieces are named.
 *
 * <p>Everything is derived from the pool's id key (32 secret bytes), so neither names nor lengths of chunks tell a known
 * file to who does not hold the key:
 *
 * <pre>
 * hkdf(info, n)  = HKDF-SHA-256 (RFC 5869) of the id key, without salt, n bytes; info is ASCII
 * data chunk id  = HMAC-SHA-256(id key, content)
 * tree page id   = HMAC-SHA-256(hkdf("azekura tree", 32), u32 length of clear part, clear part, plain part)
 * link group     = first 8 bytes of HMAC-SHA-256(hkdf("azekura link", 32), something that no other file has); 1 if they are all zero.
 *                  Readers compare link groups, nothing else. Clients take path, zero byte, inode and ctime of a file when first met
 * gear table     = hkdf("azekura gear", 2048) as 256 u64
 * page seed      = hkdf("azekura page", 8) as u64                   see org.azekura.engine.tree
 * segment draw   = first 4 bytes of HMAC-SHA-256(hkdf("azekura segment", 32), CRC-32C of the file's content (4)), unsigned
 * </pre>
 *
 * <p>What follows binds writers only: who cuts in another way finds fewer chunks that are there already, and can be read all the same.
 *
 * <p><b>Cut</b>: {@code h = 2h + gear[byte]} in 64 bits, from {@code h = 0} on, so {@code h} depends on the last 64 bytes only. With
 * {@code average = 2^b}, a chunk ends behind the first byte, at {@code min} bytes or later, where the upper {@code b + 2} bits
 * of {@code h} are zero, or, from {@code average} bytes on, the upper {@code b - 2} bits; at {@code max} bytes in any case; and at
 * the end of the content. (FastCDC, Xia et al., USENIX ATC 2016, normalisation level 2.)
 *
 * <p><b>Segments</b>: files of fewer than {@code min} bytes are put one behind the other, in the order of the walk. A segment ends behind the
 * first file, at 512 KiB or later, of n bytes with {@code segment draw * 512 KiB < n * 2^32}; at 2 MiB or 4096 files in any case. Numbers are
 * whole, nothing is rounded.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.chunk;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
