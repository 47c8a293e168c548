/**
 * Packs: immutable containers of sealed chunks. Forms and versions are those of {@link org.azekura.engine.format}.
 *
 * <pre>
 * pack     = header frame* index trailer                 at most 2 GiB
 *
 * header   = "AZEKPK" u16 version
 *            u32 length of the whole header              at most 4 MiB
 *            u8 kind (0 data, 1 tree) u8 zero            every frame has this kind
 *            u16 number of sessions                      at most 1024
 *            pack id (16) trust group (16)
 *            session*                                    each once
 *            u32 CRC-32C of the header so far
 * session  = session id (16) u16 length (at most 4096) sealed key
 *
 * frame    = "AZF" u8 version
 *            u8 kind u8 codec (0 stored, 1 zstd) u16 zero
 *            u32 plain length                            1 to 4 MiB: bytes of the opened chunk
 *            u32 clear length                            0 for data, at most 1 MiB
 *            u32 sealed length                           28 + plain length if stored; if zstd less, but more than 28
 *            session id (16) chunk id (32)
 *            u32 CRC-32C of the whole frame without these four bytes
 *            clear part                                  see org.azekura.engine.tree
 *            sealed part                                 nonce (12) ciphertext, tag (16); see org.azekura.engine.seal
 *
 * index    = "AZI" u8 version u32 number of frames entry*    in order of the frames; at most 1,048,576
 * entry    = chunk id (32) u16 number of the session in the header, from 0 u32 length of the whole frame
 *
 * trailer  = "AZT" u8 version u64 where the index begins u32 length of the index u32 CRC-32C of the index
 *            SHA-256 (32) of the pack so far, these parts of the trailer too
 * </pre>
 *
 * <p>The first frame begins where the header ends, each next where the one before ends, the index where the last ends, the trailer where the
 * index ends; with the trailer the pack ends. So the index can be made again from the frames without any key. A frame says nothing about its
 * pack: it may be copied into another of the same version that has its session in the header.
 *
 * <p>All four have the version of the pack. So where one of them changes, the pack's version does, and a frame with another version than
 * its pack's is damaged.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.pack;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
