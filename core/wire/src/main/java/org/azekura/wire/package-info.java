/**
 * Messages to CBOR (RFC 8949) and back, and the conversation that carries them. Version 0 of the grammar, in CDDL (RFC 8610):
 *
 * <pre>
 * message  = [version, type, body]                 ; a frame of a data stream, a row of the catalog
 * envelope = [version, kind, number, type, body]   ; a frame of a control stream
 * version  = 0
 * kind     = 0 / 1 / 2 / 3                         ; tell, ask, answer, failure
 * number   = uint                                  ; of the ask, by who asked; 0 for a tell
 * type     = tstr                                  ; a record's name within its interface, like "NodeOrder.OpenPool"
 * body     = { * tstr =&gt; value }                   ; by the record's component names; all of them, in any order
 * value    = null / bool / int / tstr / bstr / [* value] / body / instant
 * instant  = [int, uint]                           ; seconds since 1970, nanoseconds
 * </pre>
 *
 * Identifiers of 128 and 256 bits, raw paths and byte arrays are byte strings; a job id is an integer; names and enum
 * constants are text; an endpoint is {@code "TRANSPORT:ADDRESS"}. The body of a failure is an {@link org.azekura.api.Failure} of
 * type {@code "Failure"}. A decoder refuses unknown types, unknown or absent components, nulls within lists and bytes after the end. Only in a row
 * of the catalog a component may be absent: an older version wrote it.
 */
@Export
@Version("0.1.0")
package org.azekura.wire;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
