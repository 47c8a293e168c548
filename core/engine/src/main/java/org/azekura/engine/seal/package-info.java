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
 * key ring            = "AZKR" u16 version (0) u32 epoch, epoch's public key (1216)
 *                       u16 number of recipients          1 to 64
 *                       recipient*                        public key (1216) box(it, "azekura recipient", AZKR to epoch's public key, ring key)
 *                       nonce (12, random)
 *                       u32 length                        of what follows, without the checksum
 *                       gcm(ring key, nonce, everything before, secrets)
 *                       u32 CRC-32C of everything before
 * secrets             = id key (32) u16 number of epochs (1 to 1024) epoch*
 * epoch               = u32 number, seed of its X-Wing key (32)
 * </pre>
 *
 * <p>The <b>recovery file</b> is text in UTF-8 with LF line ends; {@link org.azekura.engine.seal.RecoveryFile} has its lines.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.seal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
