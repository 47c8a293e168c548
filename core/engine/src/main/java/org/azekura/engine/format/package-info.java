/**
 * What all formats on media have in common. This is where a stranger begins who writes another reader; the grammars stand with the code.
 *
 * <pre>
 * what                                                      grammar
 * numbers, texts, times                                     below
 * names of blobs, damage marks, a volume within a volume     org.azekura.storagenode
 * label, checkpoint                                         org.azekura.engine.volume
 * what lies on a tape cartridge                            org.azekura.engine.tape
 * recovery file, recovery sheet, public key file            org.azekura.engine.seal: RecoveryFile, Recipient
 * key ring, sealed keys, what is sealed in a frame          org.azekura.engine.seal
 * pack, frame, index, trailer                               org.azekura.engine.pack
 * names of chunks, where content is cut                     org.azekura.engine.chunk
 * tree pages, entries, extents                              org.azekura.engine.tree
 * manifest                                                  org.azekura.engine.snapshot
 *
 * from a volume to a file: label; recovery file → key ring → epoch keys; packs → session keys, places of chunks; snapshots → manifest →
 * root → tree pages → entries → extents → chunks
 * </pre>
 *
 * <p><b>Forms.</b> All integers are unsigned and big-endian. Where a grammar has two things side by side, nothing stands between them.
 *
 * <pre>
 * u8 u16 u32 u64  fixed: 1, 2, 4 and 8 bytes
 * uint        0 to 2^63-1 (where nothing else is said) in groups of 7 bits, most significant first; every byte but the last has its
 *             high bit set; no leading zero group, so each number has exactly one form
 * sint        uint, here to 2^64-1, of the zigzag form: 0, -1, 1, -2 … become 0, 1, 2, 3 …
 * block       uint length, then so many bytes
 * text        block of UTF-8
 * time        sint seconds since 1970 (UTC, no leap seconds), uint nanoseconds, below 1,000,000,000
 * flag        u8 (0 no, 1 yes)
 * name (n)    n bytes as they are: {@code pack id (16)}
 * zero        checked: anything else is refused
 * thing*      as many as are said before it
 * [thing]     there or not, as is said beside it
 * CRC-32C     Castagnoli, reflected, begun with and inverted by all ones: of "123456789" it is e3069283
 * names of clients, pools and save sets: a letter or digit, then up to 62 letters, digits, points, underscores, hyphens, all ASCII
 * hexadecimal digits are lower case; base64 has the standard alphabet and padding (RFC 4648)
 * Ed25519     RFC 8032, over the bytes themselves; keys are X.509 SubjectPublicKeyInfo (DER), signatures 64 bytes
 * </pre>
 *
 * <p><b>Versions.</b> Whatever lies on a medium says which version of its format it is of, right behind its magic, in a label and key files in the
 * first line. This text is of the version {@link org.azekura.engine.format.FormatVersion#FIRST} of all formats, and of versions 2 to 4 of the checkpoint. A reader refuses every other
 * with "{@code version N, this program reads M}". It also refuses what the grammar does not have: unknown kinds, codes and flags, spare bytes that are not
 * zero, bytes left over. There is nothing a reader may skip (but lines of key files that it does not know): what is added later comes
 * with the format's next version, and its readers read all earlier ones.
 *
 * <p>Sound but of another version is not damaged. So packs, key rings, checkpoints and signed manifests of all versions have magic, version and
 * (last) their checksum where they have them now: it is compared before the version is believed.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.format;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
