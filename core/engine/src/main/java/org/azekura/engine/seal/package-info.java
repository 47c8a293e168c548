/**
 * Seals: how chunks are closed, and who can open them. All integers are unsigned and big-endian. Version 0: may still change.
 *
 * <pre>
 * recipient key ── opens ──▶ key ring ── holds ──▶ id key, epoch keys ── open ──▶ session key ── gives ──▶ chunk key
 *
 * hkdf(secret, info)  = HKDF-SHA-256(secret, no salt, info, 32 bytes)
 * gcm(key, nonce, associated, plain) = AES-256-GCM: ciphertext, then tag (16)
 * key id              = first 8 bytes of SHA-256(public key), as 16 hexadecimal digits
 *
 * box(public key, info, associated, key (32))             X-Wing (draft-connolly-cfrg-xwing-kem): X25519 and ML-KEM-768 together
 *   = encapsulation (1120) gcm(hkdf(shared secret, info), 12 zero bytes, associated, key)
 *     the shared secret is fresh for every box, so the nonce is never used twice
 *
 * sealed key          = u16 version (0) u32 epoch box(epoch's public key, "azekura session", the six bytes before, session key)
 * session id          = first 16 bytes of SHA-256(sealed key)
 *
 * chunk key           = hkdf(session key, "azekura chunk" chunk id (32))
 * sealed part         = nonce (12, random) gcm(chunk key, nonce, frame header without checksum + clear part, packed)
 * packed              = the chunk's plain bytes as the frame's codec says
 *
 * manifest key        = hkdf(session key, "azekura manifest" snapshot id (16))
 * sealed details      = nonce (12, random) gcm(manifest key, nonce, clear part of the manifest, details)
 *
 * key ring            = "AZKR" u16 version (0)
 *                       u32 number of the ring            a pool's rings count from 1
 *                       u32 epoch, epoch's public key (1216)
 *                       u16 number of recipients          1 to 64
 *                       recipient*
 *                       nonce (12, random)
 *                       u32 length                        of what is sealed, with its tag
 *                       gcm(ring key, nonce, everything before, secrets)
 *                       proof (32)                        HMAC-SHA-256(hkdf(id key, "azekura key ring"), everything before)
 *                       u32 CRC-32C of everything before
 * recipient           = public key (1216) u8 length, name (UTF-8)
 *                       box(public key, "azekura recipient", AZKR to epoch's public key, ring key)
 * secrets             = id key (32) u16 number of epochs (1 to 1024) epoch*
 * epoch               = u32 number, seed of its X-Wing key (32)
 * </pre>
 *
 * <p>On a volume rings are the blobs {@code keyring-N}, N their number; the highest that is sound is the one that counts. Older ones stay: to
 * a revoked key they open what it could read before.
 *
 * <p>The <b>recovery file</b> and the <b>public key file</b> are text in UTF-8 with LF line ends; {@link org.azekura.engine.seal.RecoveryFile} and
 * {@link org.azekura.engine.seal.Recipient} have their lines. The pool's mark is {@code hkdf(id key, "azekura pool mark")}, its first 8 bytes.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.seal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
