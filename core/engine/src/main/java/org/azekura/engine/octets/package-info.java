/**
 * Bytes in and out for the formats of the data path; not exported. All integers are big-endian:
 * <pre>
 * u8 u32 u64  fixed, 1, 4 and 8 bytes
 * uint        0 to 2^64-1 in groups of 7 bits, most significant first; every byte but the last has its high bit set; no
 *             leading zero group, so each number has exactly one form
 * sint        uint of the zigzag form: 0, -1, 1, -2 … become 0, 1, 2, 3 …
 * block       uint length, then so many bytes
 * text        block of UTF-8
 * time        sint seconds since 1970, uint nanoseconds
 * </pre>
 */
package org.azekura.engine.octets;
