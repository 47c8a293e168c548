/**
 * Chunks: where content is cut, and how pieces are named.
 *
 * <p>Everything is derived from the pool's id key (32 secret bytes), so neither names nor lengths of chunks tell a known
 * file to who does not hold the key:
 *
 * <pre>
 * hkdf(info, n)  = HKDF-SHA-256(secret = id key, no salt, info, n bytes)
 * data chunk id  = HMAC-SHA-256(id key, content)
 * tree page id   = HMAC-SHA-256(hkdf("azekura tree", 32), u32 length of clear part, clear part, plain part)
 * link group     = first 8 bytes of HMAC-SHA-256(hkdf("azekura link", 32), path); 1 if they are all zero
 * gear table     = hkdf("azekura gear", 2048) as 256 big-endian longs
 * segment draw   = first 4 bytes of HMAC-SHA-256(hkdf("azekura segment", 32), CRC-32C of the file's content (4)), unsigned
 * </pre>
 *
 * <p><b>Cut</b> (version 0): {@code h = 2h + gear[byte]} in 64 bits, so {@code h} depends on the last 64 bytes only. With
 * {@code average = 2^b}, a chunk ends behind the first byte, at {@code min} bytes or later, where the upper {@code b + 2} bits
 * of {@code h} are zero, or, from {@code average} bytes on, the upper {@code b - 2} bits; at {@code max} bytes in any case; and at
 * the end of the content. (FastCDC, Xia et al., USENIX ATC 2016, normalisation level 2.)
 *
 * <p><b>Segments</b> (version 0): a segment of small files ends behind the first file, at 768 KiB or later, of n bytes with
 * {@code segment draw * 768 KiB < n * 2^32}; at 3 MiB or 4096 files in any case. A reader need not know that.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.chunk;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
