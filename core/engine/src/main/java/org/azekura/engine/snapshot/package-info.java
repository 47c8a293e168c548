/**
 * Snapshots: what a client says of one, signed, as it lies in the catalog and on the volume.
 *
 * <p>Names of what was saved stand in the details only, which are sealed as {@link org.azekura.engine.seal} says.
 *
 * <p>Forms and versions are those of {@link org.azekura.engine.format}. On a volume a signed manifest is the blob {@code snapshots/ID}.
 *
 * <pre>
 * manifest = "AZSM"  u8 version                       at most 4 MiB
 *            snapshot id (16)  uint job  text client
 *            text save set
 *            text pool  uint min  uint average  uint max       sizes of chunks
 *            sint compression level
 *            chunk id (32) of the tree of "/"            its topmost page
 *            flag  [snapshot id (16) of the parent]
 *            time started  time ended                 by the client's clock
 *            uint files  uint bytes  uint directories    all that are no directories; sizes of regular files
 *            session id (16)  block sealed session key (at most 4096)
 *            block details                            sealed; bound to all of the manifest before this block, length not included
 * details  = uint count  root*  uint count  rule*  flag one file system  uint count  skipped*
 * root     = block path                                absolute
 * rule     = flag include  u8 kind (0 glob, 1 regular expression, 2 larger, 3 marker)  text value
 * skipped  = block path  text reason  uint count  range*     no range: all of it; an empty path: the reason tells of many more
 * range    = uint from  uint to                        bytes of the file, "to" not included
 *
 * signed   = "AZSS"  u8 version
 *            block manifest
 *            block signature                          Ed25519 over the manifest's bytes
 *            block public key of the signer           X.509 form
 *            time received                            by the server's clock; not signed by the client
 *            u32 CRC-32C of everything before
 * </pre>
 */
@Export
@Version("0.1.0")
package org.azekura.engine.snapshot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
