/**
 * Seals: how chunks are closed, and who can open them. Forms and versions are those of
 * {@link org.azekura.engine.format}.
 *
 * <pre>
 * recipient key ── opens ──▶ key ring ── holds ──▶ id key, epoch keys ── open ──▶ session key ── gives ──▶ chunk key
 *
 * hkdf(secret, info)  = HKDF-SHA-256 (RFC 5869) of the secret, without salt (that is 32 zero bytes), 32 bytes; texts are ASCII, without end mark
 * gcm(key, nonce, associated, plain) = AES-256-GCM: ciphertext, then tag (16)
 * key id              = first 8 bytes of SHA-256(public key), as 16 hexadecimal digits
 *
 * X-Wing (draft-connolly-cfrg-xwing-kem), as far as it is used here; a test vector of the draft is in the tests of this package:
 *   seed (32)           SHAKE-256(seed, 96 bytes) = seed d, z of an ML-KEM-768 key (64; FIPS 203) and an X25519 private key (32)
 *   public key (1216)   = ML-KEM's (1184) X25519's (32)
 *   encapsulation (1120) = ML-KEM's ciphertext (1088) fresh X25519 public key (32)
 *   shared secret (32)  = SHA3-256(ML-KEM's secret (32) X25519's secret (32) fresh X25519 public key (32) recipient's X25519 public key (32)
 *                         5c 2e 2f 2f 5e 5c)
 *
 * box(public key, info, associated, key (32)) = encapsulation (1120) gcm(hkdf(shared secret, info), 12 zero bytes, associated, key)
 *     the shared secret is fresh for every box, so the nonce is never used twice
 *
 * sealed key          = u16 version u32 epoch group? box(epoch's public key, "azekura session", everything before, session key)
 * group               = trust group (16)                of version 2: whose chunks the session seals; version 1 does not say it
 * session id          = first 16 bytes of SHA-256(sealed key)
 *
 * chunk key           = hkdf(session key, "azekura chunk" chunk id (32))
 * sealed part         = nonce (12, random) gcm(chunk key, nonce, frame header without checksum + clear part, packed)
 *                       "frame header without checksum" are the 68 bytes from AZF to chunk id
 * packed              = the chunk's plain bytes: as they are, or one zstd frame (RFC 8878) without dictionary, at most 4 MiB window, that gives
 *                       exactly the frame's plain length: a reader never lets it give more
 *
 * manifest key        = hkdf(session key, "azekura manifest" snapshot id (16))
 * sealed details      = nonce (12, random) gcm(manifest key, nonce, clear part of the manifest, details)
 *
 * configuration key   = hkdf(session key, "azekura configuration")      of a session that seals nothing else
 * sealed paths        = nonce (12, random) gcm(configuration key, nonce, clear part of the save set, paths), see org.azekura.engine.volume
 *
 * tape secret         = hkdf(id key, "azekura tape secret")
 * cartridge key       = hkdf(tape secret, "azekura cartridge" volume id (16))     AES-256-GCM by the tape drive, of all that lies behind what
 *                       belongs to the label, where the pool has that
 *
 * key ring            = "AZKR" u16 version
 *                       u32 number of the ring            a pool's rings count from 1, to 2^31-1
 *                       u32 epoch, epoch's public key (1216)    in which new sessions are sealed; epochs count from 1, to 2^31-1
 *                       u16 number of recipients          1 to 64
 *                       recipient*
 *                       nonce (12, random)
 *                       u32 length                        of what is sealed, with its tag
 *                       gcm(ring key, nonce, everything before, secrets)
 *                       proof (32)                        HMAC-SHA-256(hkdf(id key, "azekura key ring"), everything before)
 *                       u32 CRC-32C of everything before
 * recipient           = public key (1216) u8 length, name (UTF-8, 1 to 63 bytes)
 *                       box(public key, "azekura recipient", AZKR to epoch's public key, ring key)
 * ring key            = 32 random bytes, other ones in every ring
 * secrets             = id key (32) u16 number of epochs (1 to 1024) epoch*
 * epoch               = u32 number, seed of its X-Wing key (32)      ascending; the ring's epoch is among them
 * </pre>
 *
 * <p>A key ring has at most 1 MiB. On a volume rings are the blobs {@code keyring-N}, N their number in decimal; the highest that is sound is the
 * one that counts. Older ones stay: to a revoked key they open what it could read before.
 *
 * <p>The <b>recovery file</b> and the <b>public key file</b> are text in UTF-8 with LF line ends; {@link org.azekura.engine.seal.RecoveryFile} and
 * {@link org.azekura.engine.seal.Recipient} have their lines. The pool's mark is {@code hkdf(id key, "azekura pool mark")}, its first 8 bytes, in
 * hexadecimal digits: a ring that opens, and whose proof fits, is the pool's own only if its id key gives the mark of the recovery file. A
 * session's chunk keys are 32 bytes each; the appliance hands them out singly, a reader with the ring makes them itself.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.seal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
