/**
 * Driver packages: what a driver comes in. A package is one file, {@code NAME-VERSION.azd}, and every byte of it is covered by the signature.
 *
 * <p><b>The file</b> is a zip of the one form that this page leaves: each reader sees the same entries, and a reader that knows the entries knows
 * every byte. It is at most 256 MiB long.
 *
 * <pre>
 * file      = entry(META-INF/azekura-entries) [entry(META-INF/azekura-signature.p7s)] entry(META-INF/azekura-driver) *entry directory
 *             ; the others in the order of their names; unsigned without the second
 * entry     = local-header bytes              ; APPNOTE 4.3.7; stored (method 0), version 10, flags 0, time 0, date 0x0021, no extra field
 * directory = *central-header end-record      ; in the order of the entries; made by 10, attributes 0, no extra fields, no comments, one disk
 * </pre>
 *
 * <p>Nothing is compressed: bundles are already, and one content would have many compressed forms.
 *
 * <p><b>Names</b> of entries are parts of {@code [A-Za-z0-9._-]} joined by {@code /}, at most 200 characters; no part is {@code .} or {@code ..}; no
 * two are equal but for case, and none is the folder of another.
 *
 * <p><b>{@code META-INF/azekura-entries}</b> lists all entries but itself and the signature, at most 1,000, in their order:
 *
 * <pre>
 * list      = "azekura-entries: 1" LF 1*line
 * line      = sha256 SP size SP name LF       ; 64 lower case hexadecimal digits; bytes, decimal, without leading zeros
 * </pre>
 *
 * <p><b>{@code META-INF/azekura-signature.p7s}</b> is a detached CMS signature (RFC 5652) of the list, in DER, at most 16 KiB: one signer, named by issuer
 * and serial number; signed attributes content type, message digest and signing certificate (version 2, RFC 5035: the SHA-256 of each certificate, from
 * the signer's on), no others; SHA-256 with ECDSA or RSA, SHA-512 with Ed25519; 1 to 8 certificates, which lead from the signer towards a trusted one,
 * no others. A reader makes it again from certificates and signature value: it must be the same to the bit.
 *
 * <p><b>{@code META-INF/azekura-driver}</b> is the manifest: UTF-8, at most 64 KiB, lines of at most 400 characters, in this order:
 *
 * <pre>
 * manifest  = "azekura-driver: 1" LF "name: " name LF "version: " version LF "kind: " kind LF "publisher: " text LF "licence: " text LF
 *             *("needs: " package SP range LF) 1*("bundle: " entry-name LF) *("family: " text LF) *("note: " text LF)
 * name      = a-z, then a-z 0-9 -             ; up to 32 characters
 * version   = number "." number "." number    ; without leading zeros, up to 999999
 * kind      = "device" / "transport" / "catalog"
 * range     = "[" version "," version ")"     ; of what the host exports of this package: at least the first, below the second
 * text      = 1*character                     ; no control characters, no space at either end
 * </pre>
 *
 * <p>{@code bundle} names the bundles in the order in which they start, at most 32; each lies in {@code bundles/}, and nothing else lies there. A bundle's own
 * entries are read through once: together they unpack to at most 512 MiB, what is above 64 MiB to at most 100 times their packed size, each to the size and checksum that is written for
 * it, and none has a name that leads out.
 */
@Export
@Version("0.1.0")
package org.azekura.packages;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
